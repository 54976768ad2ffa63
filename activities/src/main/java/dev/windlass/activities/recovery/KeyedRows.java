package dev.windlass.activities.recovery;

import dev.windlass.activities.recovery.Tables.Table;
import dev.windlass.workflows.recovery.TableReference;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows of one table in the order of their keys' bytes, which no collation has a say in: two databases, and this
 * program, order them alike. A cursor in the reader's transaction, so that few are in memory at a time.
 */
final class KeyedRows implements AutoCloseable {
    private static final int AT_A_TIME = 2_000;
    private static final String CURSOR = "windlass_rows";

    private final Statement statement;
    private final int columns;
    private final Queue<Row> fetched = new ArrayDeque<>();
    private boolean isAtEnd;

    /** @param hash of its other columns, as text */
    record Row(List<byte[]> key, String hash) {
        int compareKey(Row other) {
            for (int at = 0; at < key.size(); at++) {
                int order = Arrays.compareUnsigned(key.get(at), other.key.get(at));
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        }
    }

    /** @param compared the columns whose values make a row the same */
    KeyedRows(Connection reader, Table table, List<String> compared) throws SQLException {
        this.columns = table.key().size();
        this.statement = reader.createStatement();
        String keys = table.key().stream()
                .map(column -> "convert_to(" + TableReference.quoted(column) + "::text, 'UTF8')")
                .collect(Collectors.joining(", "));
        String all = compared.stream()
                .map(column -> TableReference.quoted(column) + "::text")
                .collect(Collectors.joining(", ", "md5(ROW(", ")::text)"));
        String order = Stream.iterate(1, at -> at + 1)
                .limit(columns)
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        statement.execute("DECLARE " + CURSOR + " NO SCROLL CURSOR FOR SELECT " + keys + ", " + all + " FROM "
                + table.rows() + " ORDER BY " + order);
    }

    Optional<Row> next() throws SQLException {
        if (fetched.isEmpty() && !isAtEnd) {
            fetch();
        }
        return Optional.ofNullable(fetched.poll());
    }

    private void fetch() throws SQLException {
        try (ResultSet row = statement.executeQuery("FETCH " + AT_A_TIME + " FROM " + CURSOR)) {
            while (row.next()) {
                List<byte[]> key = new ArrayList<>();
                for (int at = 1; at <= columns; at++) {
                    key.add(row.getBytes(at));
                }
                fetched.add(new Row(key, row.getString(columns + 1)));
            }
        }
        isAtEnd = fetched.isEmpty();
    }

    @Override
    public void close() throws SQLException {
        statement.execute("CLOSE " + CURSOR);
        statement.close();
    }
}
