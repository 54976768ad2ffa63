package dev.windlass.workflows.recovery;

import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Sorted;
import java.util.SortedMap;

/** @param requestedBy a person's name, or {@code schedule} */
public record DrillRequest(DatabaseName database, String requestedBy) {
    SortedMap<String, String> asked() {
        return Sorted.of("database", database.value());
    }
}
