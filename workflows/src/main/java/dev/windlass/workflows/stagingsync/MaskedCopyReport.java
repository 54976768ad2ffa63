package dev.windlass.workflows.stagingsync;

import dev.windlass.workflows.kernel.Sorted;
import java.util.SortedMap;

/**
 * @param name of the copy on the target's server, until it takes staging's
 * @param oid which stays when the name changes
 * @param rows by {@code schema.table}
 */
public record MaskedCopyReport(String name, long oid, SortedMap<String, Long> rows) {
    public MaskedCopyReport {
        rows = Sorted.copyOf(rows);
    }

    public long total() {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }
}
