package dev.windlass.activities.stagingsync;

import dev.windlass.runbooks.stagingsync.Schema;
import dev.windlass.runbooks.stagingsync.SchemaColumn;
import dev.windlass.runbooks.stagingsync.SchemaColumn.Trait;
import dev.windlass.runbooks.stagingsync.SchemaTable;
import dev.windlass.runbooks.stagingsync.SchemaTable.Check;
import dev.windlass.runbooks.stagingsync.SchemaTable.ForeignKey;
import dev.windlass.runbooks.stagingsync.TypeKind;
import dev.windlass.workflows.recovery.TableReference;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** The schema as one moment of the catalogue has it. */
final class SchemaReading {
    private final Statement statement;
    private final Map<Long, TableReference> tables = new LinkedHashMap<>();
    private final Map<Long, List<TableReference>> leaves = new LinkedHashMap<>();

    private SchemaReading(Statement statement) {
        this.statement = statement;
    }

    /** @param connection in a transaction of its own, REPEATABLE READ: the answers have to fit */
    static Schema read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return new SchemaReading(statement).read();
        }
    }

    private Schema read() throws SQLException {
        readTables();
        Map<Long, List<SchemaColumn>> columns = collect(SchemaSql.COLUMNS, SchemaReading::column);
        Map<Long, List<Set<String>>> unique = collect(SchemaSql.UNIQUE_KEYS, row -> Set.copyOf(texts(row, 2)));
        Map<Long, List<ForeignKey>> foreign = collect(
                SchemaSql.FOREIGN_KEYS,
                row -> new ForeignKey(
                        row.getString(2),
                        texts(row, 5),
                        TableReference.of(row.getString(3), row.getString(4)),
                        texts(row, 6)));
        Map<Long, List<Check>> checks = collect(
                SchemaSql.CHECKS, row -> new Check(row.getString(2), row.getString(3), new TreeSet<>(texts(row, 4))));
        Map<Long, List<String>> facts = collect(SchemaSql.SHAPES, row -> row.getString(2));
        List<SchemaTable> found = new ArrayList<>();
        tables.forEach((oid, table) -> found.add(new SchemaTable(
                table,
                Schema.shape(
                        facts.getOrDefault(oid, List.of()).stream().sorted().toList()),
                columns.getOrDefault(oid, List.of()),
                unique.getOrDefault(oid, List.of()),
                foreign.getOrDefault(oid, List.of()),
                checks.getOrDefault(oid, List.of()),
                leaves.getOrDefault(oid, List.of()))));
        return new Schema(found);
    }

    private void readTables() throws SQLException {
        try (ResultSet row = statement.executeQuery(SchemaSql.TABLES)) {
            while (row.next()) {
                long oid = row.getLong(1);
                tables.put(oid, TableReference.of(row.getString(2), row.getString(3)));
                if (row.getString(5) != null) {
                    leaves.computeIfAbsent(oid, none -> new ArrayList<>())
                            .add(TableReference.of(row.getString(4), row.getString(5)));
                }
            }
        }
    }

    private static SchemaColumn column(ResultSet row) throws SQLException {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        Trait[] asked = {
            Trait.NOT_NULL, Trait.GENERATED, Trait.ARRAY, Trait.ENUM, Trait.CONSTRAINED, Trait.PARTITION_KEY
        };
        for (int i = 0; i < asked.length; i++) {
            if (row.getBoolean(6 + i)) {
                traits.add(asked[i]);
            }
        }
        String stored = row.getString(4);
        if (stored.equals("citext")) {
            traits.add(Trait.CASE_BLIND);
        }
        int length = row.getInt(5);
        return new SchemaColumn(
                row.getString(2),
                row.getString(3),
                kind(stored),
                length > 0 ? OptionalInt.of(length) : OptionalInt.empty(),
                traits);
    }

    private static TypeKind kind(String stored) {
        return switch (stored) {
            case "text", "varchar", "bpchar", "citext", "name" -> TypeKind.TEXT;
            case "int2" -> TypeKind.SMALLINT;
            case "int4" -> TypeKind.INTEGER;
            case "int8" -> TypeKind.BIGINT;
            case "numeric" -> TypeKind.NUMERIC;
            case "float4", "float8" -> TypeKind.FLOAT;
            case "date" -> TypeKind.DATE;
            case "timestamp", "timestamptz" -> TypeKind.TIMESTAMP;
            case "json", "jsonb" -> TypeKind.JSON;
            case "uuid" -> TypeKind.UUID;
            case "inet" -> TypeKind.INET;
            case "bytea" -> TypeKind.BYTES;
            default -> TypeKind.OTHER;
        };
    }

    @FunctionalInterface
    private interface RowReading<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Rows by the table's oid, which stands first. */
    private <T> Map<Long, List<T>> collect(String query, RowReading<T> reading) throws SQLException {
        Map<Long, List<T>> byTable = new LinkedHashMap<>();
        try (ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                byTable.computeIfAbsent(row.getLong(1), none -> new ArrayList<>())
                        .add(reading.read(row));
            }
        }
        return byTable;
    }

    private static List<String> texts(ResultSet row, int column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }
}
