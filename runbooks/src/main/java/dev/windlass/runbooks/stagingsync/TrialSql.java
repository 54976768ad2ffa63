package dev.windlass.runbooks.stagingsync;

import dev.windlass.runbooks.stagingsync.SchemaColumn.Trait;
import dev.windlass.runbooks.stagingsync.SchemaTable.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Statements that try masks before anything is copied: on values of our own, and on some rows of the table. Each answers with one
 * number, of what would not fit; none answers with a value. What PostgreSQL itself refuses is an error of the statement.
 */
public final class TrialSql {
    private static final int ROWS = 500;
    private static final String FITTED = "SELECT count(*) FROM ";

    private final MaskedTable masked;
    private final SchemaTable table;

    public TrialSql(MaskedTable masked, SchemaTable table) {
        this.masked = masked;
        this.table = table;
    }

    /** How many masked trial values are cut by the column's length. Empty for a column that is kept, and for types without trial values. */
    public Optional<String> fits(SchemaColumn column) {
        if (masked.mask(column).isEmpty()) {
            return Optional.empty();
        }
        return trialRows(column)
                .map(rows -> "SELECT count(*) FILTER (WHERE "
                        + (column.kind() == TypeKind.TEXT && !column.is(Trait.ARRAY)
                                ? "rtrim(m.one::text) <> rtrim(m.one::" + column.type() + "::text)"
                                : "(m.one::" + column.type() + ") IS NULL AND false")
                        + ") FROM (SELECT " + masked.expression(column) + " AS one FROM " + rows + ") m");
    }

    /** How many trial values keep the constraint and are masked to ones that do not; for constraints over a single column. */
    public Optional<String> keepsOnTrial(Check check) {
        Optional<SchemaColumn> column = check.columns().size() == 1
                ? table.column(check.columns().iterator().next())
                : Optional.empty();
        return column.filter(one -> masked.mask(one).isPresent())
                .flatMap(one ->
                        trialRows(one).map(rows -> broken(check, List.of(one), "(SELECT * FROM " + rows + ") t")));
    }

    /** How many of some rows are masked to ones that break the constraint. Empty where nothing of it is masked. */
    public Optional<String> keepsOnRows(Check check) {
        boolean touches = table.copiedColumns().stream()
                .anyMatch(column -> check.columns().contains(column.name())
                        && masked.mask(column).isPresent());
        List<SchemaColumn> columns = table.copiedColumns();
        return touches
                ? Optional.of(
                        broken(check, columns, "(SELECT * FROM " + table.table().sql() + " LIMIT " + ROWS + ") t"))
                : Optional.empty();
    }

    private String broken(Check check, List<SchemaColumn> columns, String rows) {
        String maskedColumns = columns.stream()
                .map(column -> "(" + masked.expression(column) + ")"
                        + (column.kind() == TypeKind.TEXT && !column.is(Trait.CONSTRAINED) ? "" : "::" + column.type())
                        + " AS " + SqlText.quoted(column.name()))
                .collect(Collectors.joining(", "));
        return FITTED + "(SELECT " + maskedColumns + " FROM " + rows + " WHERE (" + check.expression()
                + ") IS NOT FALSE) m WHERE (" + check.expression() + ") IS FALSE";
    }

    /** Runs every mask of the table on some rows, and the condition on which rows. The number says nothing. */
    public String readsRows() {
        return "SELECT count(s::text) FROM (" + masked.select(table.holders().getFirst()) + " LIMIT " + ROWS + ") s";
    }

    /** A subquery with the column, and with those by which rows are told apart or known as the team's. */
    private Optional<String> trialRows(SchemaColumn column) {
        List<String> values = values(column);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        String type = baseType(column.kind()) + (column.is(Trait.ARRAY) ? "[]" : "");
        List<String> others = new ArrayList<>();
        List<String> constants = new ArrayList<>();
        masked.mask(column).flatMap(Fitting::by).ifPresent(by -> {
            others.add(by);
            constants.add("4711::bigint");
        });
        masked.teamColumn().filter(team -> !team.equals(column.name())).ifPresent(team -> {
            others.add(team);
            constants.add("'nobody@example.org'::text");
        });
        String rows = values.stream()
                .map(value -> Stream.concat(
                                Stream.of((column.is(Trait.ARRAY) ? "ARRAY[" + value + "]" : value) + "::" + type),
                                constants.stream())
                        .collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(", "));
        return Optional.of("(VALUES " + rows + ") trial ("
                + Stream.concat(Stream.of(column.name()), others.stream())
                        .map(SqlText::quoted)
                        .collect(Collectors.joining(", "))
                + ")");
    }

    private static String baseType(TypeKind kind) {
        return switch (kind) {
            case TEXT, OTHER -> "text";
            case SMALLINT -> "smallint";
            case INTEGER -> "integer";
            case BIGINT -> "bigint";
            case NUMERIC -> "numeric";
            case FLOAT -> "float8";
            case DATE -> "date";
            case TIMESTAMP -> "timestamptz";
            case JSON -> "jsonb";
            case UUID -> "uuid";
            case INET -> "inet";
            case BYTES -> "bytea";
        };
    }

    private List<String> values(SchemaColumn column) {
        return switch (column.kind()) {
            case TEXT -> texts(column);
            // Only what does not look at the value can be a mask of another type.
            case OTHER ->
                masked.mask(column)
                        .filter(Mask.Constant.class::isInstance)
                        .map(constant -> List.of("'x'"))
                        .orElse(List.of());
            case SMALLINT, INTEGER, BIGINT -> List.of("0", "1", "'-1'", "12345");
            case NUMERIC, FLOAT -> List.of("0", "1.5", "'-2.25'", "99");
            case DATE, TIMESTAMP -> List.of("'1970-01-01'", "'2000-02-29'", "'2026-12-31'");
            case JSON -> List.of("'{\"a\": 1, \"b\": {\"c\": [1, \"x\"]}}'", "'{}'", "'[]'", "'7'");
            case UUID -> List.of("'00000000-0000-4000-a000-000000000001'");
            case INET -> List.of("'198.51.100.7'", "'2001:db8:ffff::1'", "'10.0.0.0/8'");
            case BYTES -> List.of("'\\x00ff'", "''");
        };
    }

    private static List<String> texts(SchemaColumn column) {
        int longest = Math.min(column.length().orElse(300), 300);
        return Stream.of(
                        "a",
                        "ana@example.org",
                        "+41 44 668 18 00",
                        "Zoë Müller",
                        "198.51.100.7",
                        "2001:db8::1",
                        "x".repeat(longest))
                .filter(text -> text.length() <= longest)
                .map(SqlText::literal)
                .toList();
    }
}
