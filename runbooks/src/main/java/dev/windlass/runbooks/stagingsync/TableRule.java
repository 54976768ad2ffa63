package dev.windlass.runbooks.stagingsync;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * @param shape what {@link SchemaTable#shape} was when a person looked at this
 * @param teamColumn by which rows of the team's accounts are known: it holds their e-mail addresses
 * @param columns by their names; generated ones are not in it
 * @param quasiIdentifiers columns that together could single somebody out who is known from elsewhere
 */
public record TableRule(
        String shape,
        Rows rows,
        Optional<String> teamColumn,
        Map<String, ColumnRule> columns,
        List<String> quasiIdentifiers) {
    public TableRule {
        quasiIdentifiers = List.copyOf(quasiIdentifiers);
        columns = Collections.unmodifiableMap(new TreeMap<>(columns));
    }

    public sealed interface Rows {
        record All() implements Rows {}

        /** The table is there, and empty. */
        record None() implements Rows {}

        /** @param predicate of SQL, over the table's own columns */
        record Where(String predicate) implements Rows {}
    }
}
