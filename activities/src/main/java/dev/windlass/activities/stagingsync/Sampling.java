package dev.windlass.activities.stagingsync;

import dev.windlass.runbooks.stagingsync.ColumnSample;
import dev.windlass.runbooks.stagingsync.Likeness;
import dev.windlass.runbooks.stagingsync.SampleSql;
import dev.windlass.runbooks.stagingsync.Schema;
import dev.windlass.runbooks.stagingsync.SchemaColumn;
import dev.windlass.runbooks.stagingsync.SchemaTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What some rows of every table look like. PostgreSQL counts; no value comes here. */
final class Sampling {
    private Sampling() {}

    /** @return by {@code schema.table.column} */
    static Map<String, ColumnSample> samples(Connection connection, Schema schema) throws SQLException {
        Map<String, ColumnSample> samples = new HashMap<>();
        try (Statement statement = connection.createStatement()) {
            for (SchemaTable table : schema.tables()) {
                Optional<String> query = SampleSql.statement(table);
                if (query.isPresent()) {
                    try (ResultSet row = statement.executeQuery(query.get())) {
                        row.next();
                        read(row, table, samples);
                    }
                }
            }
        }
        return samples;
    }

    private static void read(ResultSet row, SchemaTable table, Map<String, ColumnSample> samples) throws SQLException {
        int at = 1;
        for (SchemaColumn column : SampleSql.sampled(table)) {
            long values = row.getLong(at++);
            long distinct = row.getLong(at++);
            Map<Likeness, Long> hits = new EnumMap<>(Likeness.class);
            for (Likeness likeness : Likeness.values()) {
                hits.put(likeness, row.getLong(at++));
            }
            samples.put(table.table() + "." + column.name(), new ColumnSample(values, distinct, hits));
        }
    }
}
