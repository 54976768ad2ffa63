package dev.windlass.workflows.stagingsync;

import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Sorted;
import java.util.SortedMap;

/** @param database whose masked copy staging gets */
public record StagingSyncRequest(DatabaseName database, Requester requester) {
    /** What was asked for, as it is signed and shown. */
    public SortedMap<String, String> asked() {
        return Sorted.of("database", database.value());
    }
}
