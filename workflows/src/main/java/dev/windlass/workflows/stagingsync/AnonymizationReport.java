package dev.windlass.workflows.stagingsync;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.windlass.workflows.kernel.Sorted;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;

/**
 * What a masked copy is, for whoever answers for it: names and numbers, no value of a row.
 *
 * @param classification {@code sha256:} and 64 hex digits of the rules; empty where the run is from before there were reports
 * @param scanned rows that were looked at in the finished copy
 * @param groups of declared quasi-identifiers, counted in the copy
 * @param probes columns whose originals were searched for in the copy, and not found
 */
public record AnonymizationReport(
        String classification, long scanned, List<OfTable> tables, List<Group> groups, List<Probe> probes) {
    @JsonCreator
    public AnonymizationReport {
        tables = List.copyOf(tables);
        groups = List.copyOf(groups);
        probes = List.copyOf(probes);
    }

    /** What the step gave before there were reports: rows alone. Runs of then are still in histories. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static AnonymizationReport ofRows(long scanned) {
        return new AnonymizationReport("", scanned, List.of(), List.of(), List.of());
    }

    /**
     * @param table {@code schema.table}
     * @param rows in the copy
     * @param masks how many columns by the word behind {@code mask:}
     * @param kept columns that are as they were, each with the reason
     * @param numbered columns that are made from the row's own key, in every copy alike, each with the column of the key
     */
    public record OfTable(
            String table,
            long rows,
            SortedMap<String, Long> masks,
            SortedMap<String, String> kept,
            SortedMap<String, String> numbered) {
        public OfTable {
            masks = Sorted.copyOf(masks);
            kept = Sorted.copyOf(kept);
            numbered = Sorted.copyOf(Objects.requireNonNullElse(numbered, Sorted.of()));
        }
    }

    /**
     * Rows that are alike in some columns together: k-anonymity, for these columns alone.
     *
     * @param atLeast rows that a group should have
     * @param rows of the table
     * @param smallest rows of the smallest group; 0 where the table is empty
     * @param below rows in groups that are smaller than {@code atLeast}
     */
    public record Group(String table, List<String> columns, int atLeast, long rows, long smallest, long below) {
        public Group {
            columns = List.copyOf(columns);
        }
    }

    /**
     * @param column {@code schema.table.column}
     * @param originals how many different ones were searched for
     */
    public record Probe(String column, long originals) {}
}
