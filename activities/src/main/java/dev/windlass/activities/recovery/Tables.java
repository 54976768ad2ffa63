package dev.windlass.activities.recovery;

import dev.windlass.workflows.recovery.TableReference;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The tables of a database, a partitioned one and its partitions as one.
 *
 * @param roots by each table with rows, the one that it counts as
 */
record Tables(SortedMap<TableReference, Table> all, Map<TableReference, TableReference> roots) {
    private static final String LIST = """
            SELECT c.oid, n.nspname, c.relname, c.relkind = 'p', rn.nspname, r.relname
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_class r ON r.oid = CASE WHEN c.relispartition THEN pg_partition_root(c.oid) ELSE c.oid END
            JOIN pg_namespace rn ON rn.oid = r.relnamespace
            WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
              AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
            """;

    private static final String COLUMNS = """
            SELECT a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod), a.attgenerated <> ''
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND NOT c.relispartition
            ORDER BY a.attrelid, a.attnum
            """;

    private static final String KEYS = """
            SELECT i.indrelid, a.attname
            FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS k (attnum, place)
            JOIN pg_attribute a ON a.attnum = k.attnum
            WHERE i.indisprimary AND a.attrelid = i.indrelid AND k.place <= i.indnkeyatts
            ORDER BY i.indrelid, k.place
            """;

    /** @param key empty where it has none */
    record Table(long oid, TableReference name, boolean isPartitioned, List<String> key, List<Column> columns) {
        Optional<Column> column(String called) {
            return columns.stream().filter(each -> each.name().equals(called)).findFirst();
        }

        /** For FROM: only its own rows, or those of its partitions. */
        String rows() {
            return (isPartitioned ? "" : "ONLY ") + name.sql();
        }
    }

    record Column(String name, String type, boolean isGenerated) {}

    static Tables read(Connection connection) throws SQLException {
        Map<Long, List<Column>> columns = new HashMap<>();
        Map<Long, List<String>> keys = new HashMap<>();
        SortedMap<TableReference, Table> all = new TreeMap<>();
        Map<TableReference, TableReference> roots = new HashMap<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery(COLUMNS)) {
                while (row.next()) {
                    columns.computeIfAbsent(row.getLong(1), table -> new ArrayList<>())
                            .add(new Column(row.getString(2), row.getString(3), row.getBoolean(4)));
                }
            }
            try (ResultSet row = statement.executeQuery(KEYS)) {
                while (row.next()) {
                    keys.computeIfAbsent(row.getLong(1), table -> new ArrayList<>())
                            .add(row.getString(2));
                }
            }
            try (ResultSet row = statement.executeQuery(LIST)) {
                while (row.next()) {
                    TableReference name = TableReference.of(row.getString(2), row.getString(3));
                    TableReference root = TableReference.of(row.getString(5), row.getString(6));
                    roots.put(name, root);
                    if (name.equals(root)) {
                        long oid = row.getLong(1);
                        all.put(
                                name,
                                new Table(
                                        oid,
                                        name,
                                        row.getBoolean(4),
                                        List.copyOf(keys.getOrDefault(oid, List.of())),
                                        List.copyOf(columns.getOrDefault(oid, List.of()))));
                    }
                }
            }
        }
        return new Tables(all, roots);
    }
}
