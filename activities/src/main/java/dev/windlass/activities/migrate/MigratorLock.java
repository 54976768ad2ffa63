package dev.windlass.activities.migrate;

import dev.windlass.activities.backup.PostgresConnections;
import dev.windlass.activities.backup.Survivors;
import dev.windlass.activities.effects.Beating;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.migrate.MigratorCommands;
import dev.windlass.workflows.kernel.Progress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Held by a worker while its migrator is at work, in the database itself: terminating a run does not stop its commands. It
 * goes with the session, so whoever gets it knows that another run's migrator that is still there has no worker.
 */
final class MigratorLock implements AutoCloseable {
    /** Any two numbers that nobody else takes: "WIND", and 1 for migrations. */
    private static final String KEY = "1464421956, 1";
    /** What a tool's own migrator holds; the server keeps a key of 64 bits in two halves. */
    private static final String OF_A_TOOL = "(l.classid::bigint << 32 | l.objid::bigint) IN ("
            + MigratorCommands.toolLocks().stream().map(String::valueOf).collect(Collectors.joining(", ")) + ")";

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Database owner;
    private final Connection connection;
    private final StepContext context;

    private MigratorLock(Database owner, Connection connection, StepContext context) {
        this.owner = owner;
        this.connection = connection;
        this.context = context;
    }

    /** Ends what an earlier attempt left in the server, then takes the lock. @throws LOCKED when another worker has it */
    static MigratorLock take(PostgresConnections connections, Database owner, StepContext context, Duration patience) {
        Connection connection = connections.open(owner, context.token());
        MigratorLock lock = new MigratorLock(owner, connection, context);
        try {
            Beating.during(context, "ending what an earlier attempt left", "", () -> {
                lock.endMigrator();
                return true;
            });
            lock.waitForIt(patience.compareTo(LONGEST) < 0 ? patience : LONGEST);
            lock.endDeadMigrators();
            return lock;
        } catch (SQLException failed) {
            lock.close();
            throw MigrateFailures.database(owner, failed);
        } catch (RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    private void waitForIt(Duration patience) throws SQLException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!isTrue("SELECT pg_try_advisory_lock(" + KEY + ")")) {
            if (System.nanoTime() > deadline) {
                throw MigrateFailures.otherMigrator(owner, String.join("; ", holders("l.classid = 1464421956")));
            }
            context.pulse().beat(Progress.of("waiting for another run"));
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Of a run whose worker died: its session keeps the tool's lock until it is ended. A stranger's is let alone. */
    private void endDeadMigrators() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "SELECT pg_terminate_backend(a.pid, 5000) FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
                            + " WHERE l.locktype = 'advisory' AND " + OF_A_TOOL
                            + " AND a.datname = current_database()"
                            + " AND a.application_name LIKE 'windlass-%' AND a.usename = current_user"
                            + " AND a.pid <> pg_backend_pid()");
        }
    }

    /** Who holds what a tool waits for, in words. */
    List<String> toolHolders() {
        try {
            return holders(OF_A_TOOL);
        } catch (SQLException failed) {
            throw MigrateFailures.database(owner, failed);
        }
    }

    private List<String> holders(String condition) throws SQLException {
        return words(
                "SELECT a.pid, a.usename, a.application_name, a.state FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
                        + " WHERE l.locktype = 'advisory' AND l.granted AND l.database = (SELECT oid FROM pg_database"
                        + " WHERE datname = current_database()) AND " + condition);
    }

    /** Whom the migrator of this step is waiting for at this moment, in words. */
    List<String> blockers() {
        try {
            return words("SELECT b.pid, b.usename, b.application_name, b.state FROM pg_stat_activity w,"
                    + " unnest(pg_blocking_pids(w.pid)) AS p(pid) JOIN pg_stat_activity b ON b.pid = p.pid"
                    + " WHERE w.application_name = '" + context.token().abbreviated() + "'");
        } catch (SQLException failed) {
            throw MigrateFailures.database(owner, failed);
        }
    }

    private List<String> words(String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            List<String> words = new ArrayList<>();
            while (row.next()) {
                words.add("session " + row.getInt(1) + " of " + row.getString(2)
                        + (row.getString(3).isEmpty() ? "" : " (" + row.getString(3) + ")") + ", " + row.getString(4));
            }
            return words;
        }
    }

    /** After the migrator was killed: its backend may not have noticed, and would go on and hold its locks. */
    void endMigrator() {
        boolean interrupted = Thread.interrupted();
        try {
            Survivors.terminate(owner, connection, context.token());
        } catch (SQLException failed) {
            throw MigrateFailures.database(owner, failed);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean isTrue(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() && row.getBoolean(1);
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
