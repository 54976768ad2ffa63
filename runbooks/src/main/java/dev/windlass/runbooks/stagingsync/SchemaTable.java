package dev.windlass.runbooks.stagingsync;

import dev.windlass.workflows.recovery.TableReference;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table that holds rows, or a partitioned one with all that its partitions hold.
 *
 * @param shape 16 hex digits over all that is known of it: columns, defaults, keys, constraints; partitions come and go
 * @param columns in their order
 * @param uniqueKeys columns that a unique index is over, or that stand in its expressions
 * @param leaves partitions that hold the rows; empty where the table does
 */
public record SchemaTable(
        TableReference table,
        String shape,
        List<SchemaColumn> columns,
        List<Set<String>> uniqueKeys,
        List<ForeignKey> foreignKeys,
        List<Check> checks,
        List<TableReference> leaves) {
    public SchemaTable {
        columns = List.copyOf(columns);
        uniqueKeys = List.copyOf(uniqueKeys);
        foreignKeys = List.copyOf(foreignKeys);
        checks = List.copyOf(checks);
        leaves = List.copyOf(leaves);
    }

    /** @param columns and {@code referenced}: of one length, pair by pair */
    public record ForeignKey(String name, List<String> columns, TableReference table, List<String> referenced) {}

    /** @param expression as pg_get_expr has it; it may hold values and goes nowhere */
    public record Check(String name, String expression, Set<String> columns) {
        @Override
        public String toString() {
            return name;
        }
    }

    public Optional<SchemaColumn> column(String name) {
        return columns.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** Whether no two rows have the same value there. */
    boolean tellsRowsApart(String column) {
        return uniqueKeys.contains(Set.of(column));
    }

    /** What is read and written: PostgreSQL computes the others. */
    public List<SchemaColumn> copiedColumns() {
        return columns.stream()
                .filter(each -> !each.is(SchemaColumn.Trait.GENERATED))
                .toList();
    }

    /** The relations that rows are read from and written to. */
    public List<TableReference> holders() {
        return leaves.isEmpty() ? List.of(table) : leaves;
    }
}
