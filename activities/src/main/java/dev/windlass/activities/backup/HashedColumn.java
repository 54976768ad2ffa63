package dev.windlass.activities.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One column and how it goes into its row's hash.
 *
 * @param type as format_type prints it
 */
public record HashedColumn(String name, String type, Mode mode) {
    public enum Mode {
        /** By the type's own hash: fast, for types whose equal values look the same. */
        VALUE,
        /**
         * By its text: for types without a hash (json, point, xml), with equal values that look different (numeric, citext,
         * interval, float), or whose hash is of something that a restore changes (an enum's is of its oid).
         */
        TEXT,
        /** By the bytes of a text whose collation calls different texts equal. */
        BYTES
    }

    /** A domain counts as what it is made of. Array hashes do not know dimensions, so arrays go by text. */
    private static final String LIST = """
            WITH RECURSIVE domain AS (
                SELECT oid AS type, typbasetype AS base FROM pg_type WHERE typtype = 'd'
                UNION ALL
                SELECT d.type, t.typbasetype FROM domain d JOIN pg_type t ON t.oid = d.base WHERE t.typtype = 'd'
            )
            SELECT a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod),
                CASE
                    WHEN coalesce(d.base, a.atttypid) NOT IN (
                        'bool'::regtype, 'bytea'::regtype, 'int2'::regtype, 'int4'::regtype, 'int8'::regtype,
                        'text'::regtype, 'varchar'::regtype, 'bpchar'::regtype, 'uuid'::regtype, 'date'::regtype, 'time'::regtype,
                        'timestamp'::regtype, 'timestamptz'::regtype, 'oid'::regtype, 'jsonb'::regtype) THEN 'TEXT'
                    WHEN l.collisdeterministic = false THEN 'BYTES'
                    ELSE 'VALUE'
                END
            FROM pg_attribute a
            JOIN pg_class c ON c.oid = a.attrelid
            LEFT JOIN (SELECT d.type, d.base FROM domain d JOIN pg_type t ON t.oid = d.base WHERE t.typtype <> 'd') d
                ON d.type = a.atttypid
            LEFT JOIN pg_collation l ON l.oid = a.attcollation
            WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind = 'r'
            ORDER BY a.attrelid, a.attnum
            """;

    /** The columns of every table, by its oid, in order. */
    static Map<Long, List<HashedColumn>> list(Connection connection) throws SQLException {
        Map<Long, List<HashedColumn>> columns = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(LIST)) {
            while (row.next()) {
                columns.computeIfAbsent(row.getLong(1), table -> new ArrayList<>())
                        .add(new HashedColumn(row.getString(2), row.getString(3), Mode.valueOf(row.getString(4))));
            }
        }
        return columns;
    }

    /**
     * The hash of a row of {@code t}. The record's own hash is linear in its columns, so in a sum two rows could swap
     * values unseen; hashing it once more ends that.
     */
    static String rowHash(List<HashedColumn> columns) {
        if (columns.isEmpty()) {
            return "0::bigint"; // such rows can only be counted
        }
        return columns.stream()
                .map(HashedColumn::sql)
                .collect(Collectors.joining(", ", "hashint8extended(hash_record_extended(ROW(", "), 0), 0)"));
    }

    private String sql() {
        String column = "t." + TableName.quoted(name);
        return switch (mode) {
            case VALUE -> column;
            case TEXT -> column + "::text";
            case BYTES -> column + "::text COLLATE \"C\"";
        };
    }
}
