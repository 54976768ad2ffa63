package dev.windlass.workflows.recovery;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What became of the change of names. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "report")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SwapReport.Swapped.class, name = "swapped"),
    @JsonSubTypes.Type(value = SwapReport.Changed.class, name = "changed")
})
public sealed interface SwapReport {
    /**
     * @param kept the name of the one that was live; nobody connects to it
     * @param open the statement that lets people look into it
     * @param drop the statement that ends it
     */
    record Swapped(String kept, String open, String drop) implements SwapReport {
        public String words() {
            return "what was live is kept as " + kept + ", which takes no sessions; to look into it: " + open
                    + "; to drop it: " + drop;
        }
    }

    /** The live database is not what was compared: it is open again, and nothing was changed. */
    record Changed() implements SwapReport {}
}
