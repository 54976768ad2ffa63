package dev.windlass.starter.door;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.windlass.workflows.kernel.PayloadJson;
import picocli.CommandLine.Option;

/** {@code --json}: for machines. Keys are the records' names, which are only ever added to. */
public final class JsonOption {
    @Option(names = "--json", description = "Print JSON for machines instead.")
    boolean json;

    /** Prints the value as JSON, or else the text. */
    public void print(Door door, Object value, String text) {
        door.out().print(json ? json(value) + "\n" : text.endsWith("\n") ? text : text + "\n");
        door.out().flush();
    }

    private static String json(Object value) {
        try {
            return PayloadJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("cannot write " + value.getClass().getName() + " as JSON", broken);
        }
    }
}
