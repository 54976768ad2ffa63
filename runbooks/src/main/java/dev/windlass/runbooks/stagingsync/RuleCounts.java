package dev.windlass.runbooks.stagingsync;

import dev.windlass.runbooks.stagingsync.ColumnRule.Fate;
import dev.windlass.workflows.stagingsync.AnonymizationReport.OfTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A classification in numbers, for whoever agrees to a copy and for whoever answers for it. */
public final class RuleCounts {
    private final Classification classification;

    public RuleCounts(Classification classification) {
        this.classification = classification;
    }

    /** @param rows by {@code schema.table} */
    public List<OfTable> tables(Map<String, Long> rows) {
        return classification.tables().entrySet().stream()
                .map(table -> new OfTable(
                        table.getKey().value(),
                        rows.getOrDefault(table.getKey().value(), 0L),
                        masks(table.getValue()),
                        kept(table.getValue()),
                        numbered(table.getValue())))
                .toList();
    }

    /** For the plan. */
    SortedMap<String, String> words() {
        SortedMap<String, String> words = new TreeMap<>();
        SortedMap<String, Long> masks = new TreeMap<>();
        classification
                .tables()
                .values()
                .forEach(table -> masks(table).forEach((mask, count) -> masks.merge(mask, count, Long::sum)));
        words.put(
                "masks",
                masks.entrySet().stream()
                        .map(mask -> mask.getKey() + " " + mask.getValue())
                        .collect(Collectors.joining(", ")));
        String groups = classification.tables().entrySet().stream()
                .filter(table -> !table.getValue().quasiIdentifiers().isEmpty())
                .map(table -> table.getKey() + " ("
                        + String.join(", ", table.getValue().quasiIdentifiers()) + ")")
                .collect(Collectors.joining("; "));
        words.put(
                "quasi-identifiers",
                groups.isEmpty()
                        ? "none declared, so that nobody counts how many people are alone with their values"
                        : groups + ": groups below " + classification.smallestGroup()
                                + (classification.smallGroups() == SmallGroups.REFUSED
                                        ? " rows stop the copy before it becomes staging"
                                        : " rows are counted in the copy"));
        return words;
    }

    long kept() {
        return classification.tables().values().stream()
                .mapToLong(table -> kept(table).size())
                .sum();
    }

    long masked() {
        return classification.tables().values().stream()
                .mapToLong(table -> table.columns().size() - kept(table).size())
                .sum();
    }

    private static SortedMap<String, String> kept(TableRule rule) {
        SortedMap<String, String> kept = new TreeMap<>();
        rule.columns().forEach((name, column) -> {
            if (column.fate() instanceof Fate.Keep(String reason)) {
                kept.put(name, reason);
            }
        });
        return kept;
    }

    private SortedMap<String, String> numbered(TableRule rule) {
        SortedMap<String, String> numbered = new TreeMap<>();
        rule.columns()
                .forEach((name, column) ->
                        mask(column.fate()).flatMap(RuleCounts::key).ifPresent(key -> numbered.put(name, key)));
        return numbered;
    }

    private static Optional<String> key(Mask mask) {
        return switch (mask) {
            case Mask.Phone(Optional<String> by) -> by;
            case Mask.Card(Optional<String> by) -> by;
            case Mask other -> Optional.empty();
        };
    }

    private SortedMap<String, Long> masks(TableRule rule) {
        SortedMap<String, Long> masks = new TreeMap<>();
        rule.columns()
                .values()
                .forEach(column -> mask(column.fate())
                        .ifPresent(mask -> masks.merge(MaskKind.of(mask).word(), 1L, Long::sum)));
        return masks;
    }

    private Optional<Mask> mask(Fate fate) {
        return switch (fate) {
            case Fate.Keep keep -> Optional.empty();
            case Fate.Masked(Mask mask) -> Optional.of(mask);
            case Fate.InDomain(String name) ->
                Optional.ofNullable(classification.domains().get(name)).map(MaskDomain::mask);
        };
    }
}
