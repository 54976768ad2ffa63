package dev.windlass.runbooks.stagingsync;

import dev.windlass.runbooks.stagingsync.SchemaColumn.Trait;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One statement per table that looks at some rows and answers with numbers alone. */
public final class SampleSql {
    private static final int ROWS = 1000;

    private SampleSql() {}

    /** Columns of text, whose content says more than their type. */
    public static List<SchemaColumn> sampled(SchemaTable table) {
        return table.copiedColumns().stream()
                .filter(column -> column.kind() == TypeKind.TEXT && !column.is(Trait.ARRAY))
                .toList();
    }

    /** For each sampled column in turn: values, distinct ones, and hits in the order of {@link Likeness}. */
    public static Optional<String> statement(SchemaTable table) {
        List<SchemaColumn> columns = sampled(table);
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        String numbers = columns.stream()
                .flatMap(column -> numbers(SqlText.quoted(column.name())))
                .collect(Collectors.joining(", "));
        String names =
                columns.stream().map(column -> SqlText.quoted(column.name())).collect(Collectors.joining(", "));
        return Optional.of("SELECT " + numbers + " FROM (SELECT " + names + " FROM "
                + table.table().sql() + " LIMIT " + ROWS + ") s");
    }

    private static Stream<String> numbers(String column) {
        String text = "left(" + column + "::text, 500)";
        return Stream.concat(
                Stream.of("count(" + column + ")", "count(DISTINCT " + text + ")"),
                Stream.of(Likeness.values())
                        .map(likeness ->
                                "count(*) FILTER (WHERE " + text + " ~ " + SqlText.literal(likeness.pattern()) + ")"));
    }
}
