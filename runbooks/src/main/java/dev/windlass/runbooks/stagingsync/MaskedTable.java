package dev.windlass.runbooks.stagingsync;

import dev.windlass.runbooks.stagingsync.ColumnRule.Fate;
import dev.windlass.workflows.recovery.TableReference;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A table as it leaves the database: the statements that read it, and those that write it. */
public final class MaskedTable {
    /** Settings of the session that hold the padded keys of HMAC, in hexadecimal digits. */
    public static final String INNER_PAD = Pseudonym.INNER_PAD;

    public static final String OUTER_PAD = Pseudonym.OUTER_PAD;

    private final Classification classification;
    private final SchemaTable table;
    private final TableRule rule;

    public MaskedTable(Classification classification, SchemaTable table) {
        this.classification = classification;
        this.table = table;
        TableRule known = classification.tables().get(table.table());
        if (known == null) {
            throw new IllegalArgumentException(table.table() + " is not classified");
        }
        this.rule = known;
    }

    public boolean isEmpty() {
        return rule.rows() instanceof TableRule.Rows.None;
    }

    /** What is read, from the table or from one of its leaves. */
    public String select(TableReference from) {
        String where =
                rule.rows() instanceof TableRule.Rows.Where(String predicate) ? " WHERE (" + predicate + ")" : "";
        return "SELECT " + columns() + " FROM ONLY " + from.sql() + (isEmpty() ? " WHERE false" : where);
    }

    /** All copied columns, masked, under their own names. */
    public String columns() {
        return table.copiedColumns().stream()
                .map(column -> expression(column) + " AS " + SqlText.quoted(column.name()))
                .collect(Collectors.joining(", "));
    }

    public String copyOut(TableReference from) {
        return "COPY (" + select(from) + ") TO STDOUT";
    }

    /** In the transaction that made the table or emptied it: FREEZE demands it. */
    public String copyIn(TableReference into) {
        return "COPY " + into.sql() + " ("
                + table.copiedColumns().stream()
                        .map(column -> SqlText.quoted(column.name()))
                        .collect(Collectors.joining(", "))
                + ") FROM STDIN (FREEZE)";
    }

    /** What stands for the column in a statement over the table. */
    public String expression(SchemaColumn column) {
        ColumnRule columnRule = rule(column);
        String name = SqlText.quoted(column.name());
        Optional<Mask> mask = mask(column);
        if (mask.isEmpty()) {
            return name;
        }
        String masked = new MaskSql(column, label(column), letterCase(columnRule.fate())).expression(mask.get());
        return whoIsKept(column)
                .map(who -> "CASE WHEN " + who + " THEN " + name + "::text ELSE (" + masked + ")::text END")
                .orElse(masked);
    }

    /** Empty for a column that is kept. */
    public Optional<Mask> mask(SchemaColumn column) {
        return switch (rule(column).fate()) {
            case Fate.Keep keep -> Optional.empty();
            case Fate.Masked(Mask mask) -> Optional.of(mask);
            case Fate.InDomain(String name) -> Optional.of(domain(name).mask());
        };
    }

    Optional<String> teamColumn() {
        return rule.teamColumn();
    }

    /** A condition over the rows whose value stays as it is. */
    Optional<String> whoIsKept(SchemaColumn column) {
        if (classification.team().isEmpty()) {
            return Optional.empty();
        }
        ColumnRule columnRule = rule(column);
        if (columnRule.fate() instanceof Fate.InDomain(String name)) {
            return domain(name).team() == OfTheTeam.KEPT ? Optional.of(isOfTheTeam(column.name())) : Optional.empty();
        }
        return columnRule.team() == OfTheTeam.KEPT ? rule.teamColumn().map(this::isOfTheTeam) : Optional.empty();
    }

    private String isOfTheTeam(String column) {
        List<String> addresses = classification.team().stream()
                .map(address -> address.toLowerCase(java.util.Locale.ROOT))
                .toList();
        return "lower(" + SqlText.quoted(column) + "::text) IN (" + SqlText.literals(addresses) + ")";
    }

    private String label(SchemaColumn column) {
        return rule(column).fate() instanceof Fate.InDomain(String name)
                ? "domain:" + name
                : "column:" + table.table() + "." + column.name();
    }

    private MaskDomain.LetterCase letterCase(Fate fate) {
        return fate instanceof Fate.InDomain(String name) ? domain(name).letterCase() : MaskDomain.LetterCase.MATTERS;
    }

    private MaskDomain domain(String name) {
        MaskDomain domain = classification.domains().get(name);
        if (domain == null) {
            throw new IllegalArgumentException("there is no domain " + name);
        }
        return domain;
    }

    private ColumnRule rule(SchemaColumn column) {
        ColumnRule found = rule.columns().get(column.name());
        if (found == null) {
            throw new IllegalArgumentException(table.table() + "." + column.name() + " is not classified");
        }
        return found;
    }
}
