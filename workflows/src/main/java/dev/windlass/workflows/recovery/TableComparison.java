package dev.windlass.workflows.recovery;

import java.util.Optional;

/**
 * One table that is not the same in both databases, in numbers only: its rows are somebody's.
 *
 * @param live rows there; 0 when there is no such table
 * @param copy rows there
 * @param rows row by row; empty when {@code kind} tells why that cannot be
 */
public record TableComparison(TableReference table, Kind kind, long live, long copy, Optional<Rows> rows) {
    public enum Kind {
        BY_KEY,
        WITHOUT_KEY,
        ONLY_LIVE,
        ONLY_COPY,
        OTHER_COLUMNS
    }

    /**
     * @param missing in the copy only: they would come back
     * @param onlyLive in the live database only: a swap loses them
     * @param different under the same key: a swap brings the older state
     */
    public record Rows(long missing, long onlyLive, long different) {}

    public String words() {
        return switch (kind) {
            case BY_KEY -> rows.map(TableComparison::words).orElse("");
            case WITHOUT_KEY ->
                "no primary key, so rows cannot be told apart: " + live + " live, " + copy + " in the copy";
            case ONLY_LIVE -> "not in the copy: a swap loses the table with " + live + " rows";
            case ONLY_COPY -> "in the copy only, with " + copy + " rows";
            case OTHER_COLUMNS ->
                "other columns or another key, so rows are not compared: " + live + " live, " + copy + " in the copy";
        };
    }

    private static String words(Rows rows) {
        return rows.missing() + " missing live, " + rows.onlyLive() + " only live, " + rows.different() + " different";
    }
}
