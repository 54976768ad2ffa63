package dev.windlass.activities.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A table that pg_dump would dump.
 *
 * @param kind {@code r} a table or a partition with rows of its own, {@code p} a partitioned table, which has none
 * @param condition empty, or the WHERE clause of an extension's configuration table: only those rows are dumped
 * @param heap whether its rows can be read in ranges of blocks
 */
record DumpedTable(long oid, TableName table, String kind, String condition, boolean heap) {
    /** Temporary tables, foreign tables (their rows are elsewhere) and what extensions bring themselves are not dumped. */
    private static final String LIST = """
            SELECT c.oid, n.nspname, c.relname, c.relkind, coalesce(config.condition, ''), coalesce(am.amname = 'heap', false)
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_am am ON am.oid = c.relam
            LEFT JOIN (SELECT unnest(extconfig) AS relation, unnest(extcondition) AS condition FROM pg_extension) config
                ON config.relation = c.oid
            WHERE c.relkind IN ('r', 'p')
              AND c.relpersistence <> 't'
              AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
              AND (config.relation IS NOT NULL OR NOT EXISTS (
                  SELECT FROM pg_depend d
                  WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0 AND d.deptype = 'e'))
            ORDER BY n.nspname, c.relname
            """;

    static List<DumpedTable> list(Connection connection) throws SQLException {
        List<DumpedTable> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(LIST)) {
            while (row.next()) {
                tables.add(new DumpedTable(
                        row.getLong(1),
                        new TableName(row.getString(2), row.getString(3)),
                        row.getString(4),
                        row.getString(5),
                        row.getBoolean(6)));
            }
        }
        return List.copyOf(tables);
    }

    boolean hasRows() {
        return kind.equals("r");
    }
}
