package dev.windlass.workflows.migrate;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What became of applying the pending migrations; a failure of one is nothing unheard of. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "report")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ApplyReport.Applied.class, name = "applied"),
    @JsonSubTypes.Type(value = ApplyReport.Failed.class, name = "failed")
})
public sealed interface ApplyReport {
    record Applied(List<String> migrations) implements ApplyReport {
        public Applied {
            migrations = List.copyOf(migrations);
        }
    }

    /**
     * @param reason the tool's own words, with the migration's name
     * @param applied those before it that stay applied until they are undone
     */
    record Failed(String reason, List<String> applied) implements ApplyReport {
        public Failed {
            applied = List.copyOf(applied);
        }
    }
}
