package dev.windlass.runbooks.page;

import dev.windlass.workflows.kernel.StoreName;
import java.util.List;

/** Where the stores and databases of a plan are, as words of a shell. */
interface Places {
    Place store(StoreName store);

    /** What stands behind {@code psql}, already quoted, and what must stand before it. */
    Connection connection(String name);

    /** What the reader must set first, for the places that were asked for. */
    List<String> explanations();

    /** Commands that come before all others. */
    default List<String> preparation() {
        return List.of();
    }

    /** What is said of values that a plan cannot know. */
    default String slots() {
        return "Known in the run only";
    }

    sealed interface Place {
        /** @param path a word */
        record Directory(String path) implements Place {}

        /** Words all three; the prefix may be the empty word. */
        record Bucket(String endpoint, String bucket, String prefix) implements Place {}
    }

    record Connection(List<String> assignments, List<String> options) {}
}
