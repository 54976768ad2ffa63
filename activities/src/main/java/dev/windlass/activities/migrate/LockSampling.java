package dev.windlass.activities.migrate;

import dev.windlass.activities.backup.PostgresConnections;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.runbooks.config.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks every few milliseconds which tables a migrator has locked, from {@link #start} to {@link #close}. A table that only
 * the migrator's own transaction knows is in nobody's way and is not seen.
 */
final class LockSampling implements AutoCloseable {
    /** As pg_locks calls them, the weakest first. */
    private static final List<String> MODES = List.of(
            "AccessShareLock",
            "RowShareLock",
            "RowExclusiveLock",
            "ShareUpdateExclusiveLock",
            "ShareLock",
            "ShareRowExclusiveLock",
            "ExclusiveLock",
            "AccessExclusiveLock");

    private static final Duration INTERVAL = Duration.ofMillis(20);
    private static final String QUERY = """
            SELECT c.oid, l.mode FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_stat_activity a USING (pid)
            WHERE l.granted AND c.relkind IN ('r', 'p', 'm')
              AND c.oid > 16383 -- the catalogue ends there
              AND a.application_name = ? AND a.pid <> pg_backend_pid()
            """;

    private final Connection connection;
    private final StepToken token;
    private final Map<Long, Lock> strongest = new HashMap<>();
    private final Thread thread;
    private volatile boolean goesOn = true;

    /** @param since by {@link System#nanoTime}, as {@code until} */
    record Lock(String mode, long since, long until) {
        Duration held() {
            return Duration.ofNanos(until - since).plus(INTERVAL);
        }
    }

    private LockSampling(Connection connection, StepToken token) {
        this.connection = connection;
        this.token = token;
        this.thread = Thread.ofPlatform().daemon().name("lock sampling").unstarted(this::sample);
    }

    static LockSampling start(PostgresConnections connections, Database database, StepToken token) {
        LockSampling sampling = new LockSampling(connections.open(database, token), token);
        sampling.thread.start();
        return sampling;
    }

    private void sample() {
        try (PreparedStatement query = connection.prepareStatement(QUERY)) {
            query.setString(1, token.abbreviated());
            while (goesOn) {
                try (ResultSet row = query.executeQuery()) {
                    long now = System.nanoTime();
                    while (row.next()) {
                        see(row.getLong(1), row.getString(2), now);
                    }
                }
                LockSupport.parkNanos(INTERVAL.toNanos());
            }
        } catch (SQLException clusterIsGone) {
            // Whoever migrates there is told by the same end of the server.
            goesOn = false;
        }
    }

    private void see(long table, String mode, long now) {
        strongest.merge(table, new Lock(mode, now, now), (known, seen) -> {
            int compared = Integer.compare(MODES.indexOf(seen.mode()), MODES.indexOf(known.mode()));
            return compared > 0 ? seen : compared == 0 ? new Lock(mode, known.since(), now) : known;
        });
    }

    /** By table's oid, without those that were only read. Call after {@link #close}. */
    Map<Long, Lock> strongest() {
        Map<Long, Lock> locks = new HashMap<>(strongest);
        locks.values().removeIf(lock -> lock.mode().equals(MODES.getFirst()));
        return locks;
    }

    @Override
    public void close() {
        goesOn = false;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            connection.close();
        } catch (SQLException gone) {
            return; // with its cluster
        }
    }
}
