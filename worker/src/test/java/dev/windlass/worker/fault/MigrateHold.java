package dev.windlass.worker.fault;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/** What a migration waits for, until it is closed. It goes with the server as well. */
final class MigrateHold implements AutoCloseable {
    private final String url;
    private final Connection connection;
    private final int session;

    private MigrateHold(String url, Connection connection, int session) {
        this.url = url;
        this.connection = connection;
        this.session = session;
    }

    static MigrateHold take(String url, MigrateMoment moment) throws SQLException {
        Connection connection = connect(url);
        int session = sessions(connection, "SELECT pg_backend_pid()").iterator().next();
        try (Statement lock = connection.createStatement()) {
            // Where there need be none: an index that is built concurrently waits for every transaction that has read.
            connection.setAutoCommit(!moment.isOfTransaction());
            lock.execute(moment.lock());
        }
        return new MigrateHold(url, connection, session);
    }

    /** The sessions that wait for it. */
    Set<Integer> waiting() throws SQLException {
        try (Connection other = connect(url)) {
            return sessions(
                    other,
                    "SELECT DISTINCT pid FROM pg_locks WHERE NOT granted AND " + session
                            + " = ANY (pg_blocking_pids(pid))");
        }
    }

    private static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, "postgres", "");
    }

    private static Set<Integer> sessions(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            Set<Integer> sessions = new HashSet<>();
            while (found.next()) {
                sessions.add(found.getInt(1));
            }
            return sessions;
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException gone) {
            return; // and so is the lock
        }
    }
}
