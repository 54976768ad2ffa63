package dev.windlass.runbooks.stagingsync;

import dev.windlass.runbooks.config.Suggestion;
import dev.windlass.runbooks.stagingsync.ColumnRule.Fate;
import dev.windlass.runbooks.stagingsync.SchemaColumn.Trait;
import dev.windlass.runbooks.stagingsync.SchemaTable.ForeignKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether what becomes of a table's columns can be written into the same table again: types, NOT NULL, keys, foreign keys. */
final class TableCheck {
    private final Classification classification;
    private final Schema schema;
    private final SchemaTable table;
    private final TableRule rule;
    private final List<Finding> findings = new ArrayList<>();

    TableCheck(Classification classification, Schema schema, SchemaTable table, TableRule rule) {
        this.classification = classification;
        this.schema = schema;
        this.table = table;
        this.rule = rule;
    }

    List<Finding> findings() {
        table.copiedColumns().forEach(column -> {
            ColumnRule known = rule.columns().get(column.name());
            if (known != null) {
                mask(known).ifPresent(mask -> requireFit(column, known, mask));
            }
        });
        requireTeamColumn();
        requireQuasiIdentifiers();
        if (!(rule.rows() instanceof TableRule.Rows.None)) {
            table.uniqueKeys().forEach(this::requireDistinct);
            table.foreignKeys().forEach(this::requireSamePseudonyms);
        }
        return findings;
    }

    private void requireFit(SchemaColumn column, ColumnRule known, Mask mask) {
        Fitting.wanted(mask, column)
                .ifPresent(hint -> add(column, "is " + column.type() + ", which the mask is not for", hint));
        if (mask instanceof Mask.Remove && column.is(Trait.NOT_NULL)) {
            add(column, "cannot be NULL, and would be removed", "give it constant, hash or another mask");
        }
        if (column.is(Trait.PARTITION_KEY)) {
            add(
                    column,
                    "decides in which partition a row lies, and would be masked",
                    "keep it with a reason, or leave the table out with rows: none");
        }
        if (known.fate() instanceof Fate.InDomain(String name)
                && column.is(Trait.CASE_BLIND)
                && domain(name).map(MaskDomain::letterCase).orElse(MaskDomain.LetterCase.IGNORED)
                        == MaskDomain.LetterCase.MATTERS) {
            add(
                    column,
                    "is citext, and in the domain " + name + " letter case matters",
                    "write letter_case: ignored at the domain");
        }
        Fitting.by(mask).ifPresent(by -> requireNumbers(column, by));
    }

    private void requireNumbers(SchemaColumn column, String by) {
        Optional<SchemaColumn> key = table.column(by);
        if (key.isEmpty()
                || !key.get().kind().isWholeNumber()
                || key.get().is(Trait.ARRAY)
                || !key.get().is(Trait.NOT_NULL)
                || !table.tellsRowsApart(by)) {
            add(
                    column,
                    "is made from " + by + ", which does not tell rows apart",
                    "write by: with a column of whole numbers that is the primary key, or unique and NOT NULL");
        } else if (isMasked(by)) {
            add(
                    column,
                    "is made from " + by + ", which is masked itself and would show through",
                    "write by: with a column that is kept");
        }
    }

    private void requireTeamColumn() {
        rule.teamColumn().ifPresent(name -> {
            Optional<SchemaColumn> column = table.column(name);
            if (column.isEmpty()
                    || column.get().kind() != TypeKind.TEXT
                    || column.get().is(Trait.ARRAY)) {
                findings.add(new Finding(
                        table.table().value(),
                        "has no column " + name + " of text, which is to say whose a row is",
                        "write team_column: with the column of e-mail addresses"));
            }
        });
    }

    private void requireQuasiIdentifiers() {
        for (String name : rule.quasiIdentifiers()) {
            if (table.column(name).isEmpty()) {
                findings.add(new Finding(
                        table.table().value(),
                        "has no column " + name + " for quasi_identifiers",
                        Suggestion.among(
                                name,
                                table.columns().stream().map(SchemaColumn::name).toList(),
                                "column")));
            }
        }
    }

    /** A key stays one when some key within it does, column by column. */
    private void requireDistinct(Set<String> key) {
        boolean holds = table.uniqueKeys().stream()
                .filter(key::containsAll)
                .anyMatch(within -> within.stream().allMatch(this::keepsApart));
        if (!holds) {
            key.stream()
                    .filter(name -> !keepsApart(name))
                    .findFirst()
                    .ifPresent(
                            name -> table.column(name)
                                    .ifPresent(
                                            column -> add(
                                                    column,
                                                    "is unique" + (key.size() > 1 ? " together with others" : "")
                                                            + ", and under this mask two values can become one",
                                                    "use email, iban, url, uuid, a hash of at least 16 characters or of bigint, or by: for phone and card")));
        }
    }

    private boolean keepsApart(String name) {
        Optional<SchemaColumn> column = table.column(name);
        ColumnRule known = rule.columns().get(name);
        if (column.isEmpty() || known == null) {
            return true;
        }
        Optional<Mask> mask = mask(known);
        boolean foldsCase = known.fate() instanceof Fate.InDomain(String domain)
                && domain(domain).map(MaskDomain::letterCase).orElse(MaskDomain.LetterCase.MATTERS)
                        == MaskDomain.LetterCase.IGNORED
                && column.get().kind() == TypeKind.TEXT
                && !column.get().is(Trait.CASE_BLIND);
        return mask.isEmpty() || !foldsCase && Fitting.keepsApart(mask.get(), column.get());
    }

    private void requireSamePseudonyms(ForeignKey key) {
        Optional<SchemaTable> referenced = schema.table(key.table());
        TableRule referencedRule = classification.tables().get(key.table());
        if (referenced.isEmpty() || referencedRule == null) {
            return;
        }
        boolean isBroken = false;
        for (int i = 0; i < key.columns().size(); i++) {
            ColumnRule here = rule.columns().get(key.columns().get(i));
            ColumnRule there = referencedRule.columns().get(key.referenced().get(i));
            if (here == null || there == null) {
                return;
            }
            if (mask(here).filter(Mask.Remove.class::isInstance).isPresent()) {
                return;
            }
            isBroken |= !isSame(key, i, here, there);
        }
        if (referencedRule.rows() instanceof TableRule.Rows.None) {
            table.column(key.columns().getFirst())
                    .ifPresent(column -> add(
                            column,
                            "refers to " + key.table() + ", of which no row is copied",
                            "use remove where it may be NULL, rows: none for this table too, or copy the rows of "
                                    + key.table()));
        }
        if (isBroken) {
            table.column(key.columns().getFirst())
                    .ifPresent(column -> add(
                            column,
                            "refers to " + key.table() + "." + String.join(", ", key.referenced())
                                    + ", and would not find its row again",
                            "keep both with a reason, or give both the same domain and type"));
        }
    }

    private boolean isSame(ForeignKey key, int i, ColumnRule here, ColumnRule there) {
        Optional<Mask> mask = mask(here);
        if (mask.isEmpty() || mask(there).isEmpty()) {
            return mask.isEmpty() && mask(there).isEmpty();
        }
        Optional<SchemaColumn> column = table.column(key.columns().get(i));
        Optional<SchemaColumn> other = schema.table(key.table())
                .flatMap(it -> it.column(key.referenced().get(i)));
        boolean isOneDomain =
                here.fate() instanceof Fate.InDomain && here.fate().equals(there.fate());
        // A hash is cut to the column's length or size.
        boolean isAlike = column.isPresent()
                && other.isPresent()
                && column.get().kind() == other.get().kind()
                && (!(mask.get() instanceof Mask.Hash)
                        || column.get().length().equals(other.get().length()));
        return isOneDomain && isAlike;
    }

    private boolean isMasked(String name) {
        ColumnRule known = rule.columns().get(name);
        return known != null && mask(known).isPresent();
    }

    private Optional<Mask> mask(ColumnRule known) {
        return switch (known.fate()) {
            case Fate.Keep keep -> Optional.empty();
            case Fate.Masked(Mask mask) -> Optional.of(mask);
            case Fate.InDomain(String name) -> domain(name).map(MaskDomain::mask);
        };
    }

    private Optional<MaskDomain> domain(String name) {
        return Optional.ofNullable(classification.domains().get(name));
    }

    private void add(SchemaColumn column, String message, String hint) {
        findings.add(new Finding(table.table() + "." + column.name(), message, hint));
    }
}
