package dev.windlass.activities.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a sequence stands. Sequences are not under MVCC: the dump reads them later than this was read, so a restored one
 * must stand there or beyond.
 */
public record SequenceFacts(
        String schema, String name, long lastValue, boolean called, long increment, boolean cycles) {
    private static final int BATCH = 200;
    private static final String LIST = """
            SELECT n.nspname, c.relname, s.seqincrement, s.seqcycle
            FROM pg_sequence s
            JOIN pg_class c ON c.oid = s.seqrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
              AND NOT EXISTS (
                  SELECT FROM pg_depend d
                  WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0 AND d.deptype = 'e')
            ORDER BY n.nspname, c.relname
            """;

    TableName table() {
        return new TableName(schema, name);
    }

    /** Whether every value that was handed out before {@code expected} was read is behind this one. */
    boolean hasReached(SequenceFacts expected) {
        if (cycles) {
            return true;
        }
        return increment > 0 ? next() >= expected.next() : next() <= expected.next();
    }

    String position() {
        return lastValue + (called ? "" : " (not used yet)");
    }

    /** The value that comes next, without the overflow at either end. */
    private long next() {
        if (!called) {
            return lastValue;
        }
        return increment > 0
                ? (lastValue > Long.MAX_VALUE - increment ? Long.MAX_VALUE : lastValue + increment)
                : (lastValue < Long.MIN_VALUE - increment ? Long.MIN_VALUE : lastValue + increment);
    }

    static List<SequenceFacts> read(Connection connection) throws SQLException {
        List<SequenceFacts> found = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            List<SequenceFacts> listed = new ArrayList<>();
            try (ResultSet row = statement.executeQuery(LIST)) {
                while (row.next()) {
                    listed.add(new SequenceFacts(
                            row.getString(1), row.getString(2), 0, false, row.getLong(3), row.getBoolean(4)));
                }
            }
            for (int from = 0; from < listed.size(); from += BATCH) {
                List<SequenceFacts> batch = listed.subList(from, Math.min(from + BATCH, listed.size()));
                try (ResultSet row = statement.executeQuery(values(batch))) {
                    while (row.next()) {
                        SequenceFacts at = batch.get(row.getInt(1));
                        found.add(new SequenceFacts(
                                at.schema, at.name, row.getLong(2), row.getBoolean(3), at.increment, at.cycles));
                    }
                }
            }
        }
        return List.copyOf(found);
    }

    private static String values(List<SequenceFacts> batch) {
        List<String> selects = new ArrayList<>();
        for (int at = 0; at < batch.size(); at++) {
            selects.add("SELECT " + at + " AS at, last_value, is_called FROM "
                    + batch.get(at).table().sql());
        }
        return String.join(" UNION ALL ", selects) + " ORDER BY at";
    }
}
