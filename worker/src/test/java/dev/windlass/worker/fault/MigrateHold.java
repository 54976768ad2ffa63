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
        return moment.isOfTransaction() ? inTransaction(url, moment.lock()) : ofSession(url, moment.lock());
    }

    static MigrateHold inTransaction(String url, String lock) throws SQLException {
        Connection connection = connect(url);
        connection.setAutoCommit(false);
        return taken(url, connection, lock);
    }

    /** Without a transaction: an index that is built concurrently waits for every one that has read. */
    static MigrateHold ofSession(String url, String lock) throws SQLException {
        return taken(url, connect(url), lock);
    }

    private static MigrateHold taken(String url, Connection connection, String lock) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(lock);
        }
        return new MigrateHold(
                url,
                connection,
                sessions(connection, "SELECT pg_backend_pid()").iterator().next());
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
