package dev.windlass.runbooks.stagingsync;

import dev.windlass.runbooks.config.Suggestion;
import dev.windlass.runbooks.stagingsync.ColumnRule.Fate;
import dev.windlass.runbooks.stagingsync.SchemaColumn.Trait;
import dev.windlass.workflows.recovery.TableReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What stands between a classification and a schema. Everything is found at once; nothing found means every column has its fate. */
public final class ClassificationCheck {
    private final Classification classification;
    private final Schema schema;
    private final List<Finding> findings = new ArrayList<>();

    private ClassificationCheck(Classification classification, Schema schema) {
        this.classification = classification;
        this.schema = schema;
    }

    /** @return in the order of their places */
    public static List<Finding> findings(Classification classification, Schema schema) {
        ClassificationCheck check = new ClassificationCheck(classification, schema);
        check.requireSameTables();
        for (SchemaTable table : schema.tables()) {
            TableRule rule = classification.tables().get(table.table());
            if (rule != null) {
                check.requireSameColumns(table, rule);
                check.findings.addAll(new TableCheck(classification, schema, table, rule).findings());
            }
        }
        return check.findings.stream().sorted().toList();
    }

    private void requireSameTables() {
        Set<String> known =
                schema.tables().stream().map(each -> each.table().value()).collect(Collectors.toSet());
        for (TableReference classified : classification.tables().keySet()) {
            if (!known.contains(classified.value())) {
                add(
                        classified.value(),
                        "is classified, and there is no such table",
                        "if it was dropped, remove it; else " + Suggestion.among(classified.value(), known, "table"));
            }
        }
        for (SchemaTable table : schema.tables()) {
            if (!classification.tables().containsKey(table.table())) {
                add(
                        table.table().value(),
                        "is a table that nobody has classified",
                        "let windlass classify propose it, and say what becomes of its columns: "
                                + table.copiedColumns().stream()
                                        .map(SchemaColumn::name)
                                        .collect(Collectors.joining(", ")));
            }
        }
    }

    private void requireSameColumns(SchemaTable table, TableRule rule) {
        int before = findings.size();
        for (SchemaColumn column : table.columns()) {
            ColumnRule known = rule.columns().get(column.name());
            String place = table.table() + "." + column.name();
            if (column.is(Trait.GENERATED)) {
                if (known != null) {
                    add(
                            place,
                            "is computed by PostgreSQL, from what was masked",
                            "remove it: nothing is copied into it");
                }
            } else if (known == null) {
                add(
                        place,
                        "is a column that nobody has classified",
                        "say what becomes of it: keep: with a reason, mask: or domain: (its type is " + column.type()
                                + ")");
            } else {
                requireReviewed(place, column, known);
            }
        }
        Set<String> names = table.columns().stream().map(SchemaColumn::name).collect(Collectors.toSet());
        for (String classified : rule.columns().keySet()) {
            if (!names.contains(classified)) {
                add(
                        table.table() + "." + classified,
                        "is classified, and there is no such column",
                        "if it was dropped, remove it; else " + Suggestion.among(classified, names, "column"));
            }
        }
        if (findings.size() == before && !rule.shape().equals(table.shape())) {
            add(
                    table.table().value(),
                    "has another shape than the one that was reviewed: keys, constraints or defaults changed",
                    "look at what changed, and write shape: \"" + table.shape() + "\"");
        }
    }

    private void requireReviewed(String place, SchemaColumn column, ColumnRule rule) {
        if (!rule.type().equals(column.type())) {
            add(
                    place,
                    "is of the type " + column.type() + ", and was " + rule.type() + " when it was classified",
                    "look whether it still holds what it held, and write type: " + column.type());
        }
        if (rule.standing() == ColumnRule.Standing.GUESS) {
            String guess = switch (rule.fate()) {
                case Fate.Keep keep -> "keep";
                case Fate.Masked masked -> "mask";
                case Fate.InDomain(String domain) -> "domain: " + domain;
            };
            add(
                    place,
                    "is a guess (" + guess + ") that nobody has looked at",
                    "look at what the column holds, correct the line, and remove guess: true");
        }
    }

    private void add(String place, String message, String hint) {
        findings.add(new Finding(place, message, hint));
    }
}
