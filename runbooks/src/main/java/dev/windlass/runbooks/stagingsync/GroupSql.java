package dev.windlass.runbooks.stagingsync;

import dev.windlass.workflows.recovery.TableReference;
import java.util.List;
import java.util.stream.Collectors;

/** Counts rows of a copy that are alike in some columns together. */
public final class GroupSql {
    private GroupSql() {}

    /** One row: all rows, those of the smallest group, and those in groups below {@code atLeast}. */
    public static String statement(TableReference table, List<String> columns, int atLeast) {
        // As text, for not every type can be compared.
        String alike = columns.stream()
                .map(column -> SqlText.quoted(column) + "::text")
                .collect(Collectors.joining(", "));
        return "SELECT coalesce(sum(g.n), 0), coalesce(min(g.n), 0), coalesce(sum(g.n) FILTER (WHERE g.n < " + atLeast
                + "), 0) FROM (SELECT count(*) AS n FROM " + table.sql() + " GROUP BY " + alike + ") g";
    }
}
