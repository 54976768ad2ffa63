package dev.windlass.workflows.recovery;

import dev.windlass.workflows.kernel.Sorted;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The live database and its copy, table by table.
 *
 * @param tables those that differ, by name
 * @param equal how many others there are
 * @param live fingerprint of all rows and the schema of the live database at that moment
 * @param largeObjects in words
 * @param columns by table of the request: those that a row of the copy brings back
 * @param report a file on the worker's host with the key of every row that differs; 0600
 * @param sha256 of the report
 */
public record TwoCompared(
        List<TableComparison> tables,
        int equal,
        String live,
        String largeObjects,
        SortedMap<String, List<String>> columns,
        String report,
        String sha256) {
    public TwoCompared {
        tables = List.copyOf(tables);
        columns = Sorted.copyOf(columns);
    }

    public Optional<TableComparison> of(TableReference table) {
        return tables.stream().filter(each -> each.table().equals(table)).findFirst();
    }

    /** Rows that would come back into a table; 0 where it is equal. */
    public long missing(TableReference table) {
        return of(table)
                .flatMap(TableComparison::rows)
                .map(TableComparison.Rows::missing)
                .orElse(0L);
    }
}
