package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepToken;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * Holds one state of a database for pg_dump and for the facts about it. It locks every table before it takes the
 * snapshot: a snapshot alone reads no rows of a table that is truncated afterwards, because TRUNCATE is not under MVCC.
 */
public final class SnapshotHolder implements AutoCloseable {
    private static final int TRIES = 5;
    private static final int TABLES_PER_LOCK = 500;
    private static final int ANSWER_MILLIS = 30_000;
    /** hash_record_extended, and reading a range of blocks, are there since 14. */
    private static final int OLDEST_SERVER = 14;

    /** Whoever waits longer stands behind a statement that waits for us, and every query of the application behind both. */
    private static final String JOIN_LIMIT = "SET LOCAL lock_timeout = '10s'";

    private static final Executor SAME_THREAD = Runnable::run;

    private final Database database;
    private final Connection connection;
    private final String snapshot;
    private final Instant takenAt;
    private final List<DumpedTable> tables;
    private final List<SequenceFacts> sequences;
    private final List<Connection> readers = new ArrayList<>();

    private SnapshotHolder(
            Database database,
            Connection connection,
            String snapshot,
            Instant takenAt,
            List<DumpedTable> tables,
            List<SequenceFacts> sequences) {
        this.database = database;
        this.connection = connection;
        this.snapshot = snapshot;
        this.takenAt = takenAt;
        this.tables = tables;
        this.sequences = sequences;
    }

    /**
     * Ends what earlier attempts of the step left behind in the server, then locks and takes a snapshot.
     *
     * @throws io.temporal.failure.ApplicationFailure LOCKED when another run dumps this database or a table stays locked
     */
    public static SnapshotHolder open(PostgresConnections connections, Database database, StepToken token) {
        Connection connection = connections.open(database, token);
        try {
            requireVersion(database, connection);
            Survivors.terminate(database, connection, token);
            requireNobodyElse(database, connection);
            return take(database, connection).withReader(connections, token);
        } catch (SQLException broken) {
            closeQuietly(connection);
            throw PostgresFailures.using(database, broken);
        } catch (RuntimeException | Error failed) {
            closeQuietly(connection);
            throw failed;
        }
    }

    /**
     * As the other, of a database that lets nobody in any more.
     *
     * @param readers as many as will ever be wanted: none can join later
     * @param closing keeps all others out; our sessions are in by then, and the snapshot comes after it
     */
    public static SnapshotHolder openAlone(
            PostgresConnections connections, Database database, StepToken token, int readers, Runnable closing) {
        List<Connection> ours = new ArrayList<>(List.of(connections.open(database, token)));
        try {
            Connection connection = ours.getFirst();
            requireVersion(database, connection);
            Survivors.terminate(database, connection, token);
            requireNobodyElse(database, connection);
            for (int each = 0; each < readers; each++) {
                ours.add(connections.open(database, token));
            }
            closing.run();
            SnapshotHolder holder = take(database, connection);
            for (Connection reader : ours.subList(1, ours.size())) {
                holder.readers.add(holder.join(reader));
            }
            return holder;
        } catch (SQLException broken) {
            ours.forEach(SnapshotHolder::closeQuietly);
            throw PostgresFailures.using(database, broken);
        } catch (RuntimeException | Error failed) {
            ours.forEach(SnapshotHolder::closeQuietly);
            throw failed;
        }
    }

    private static void requireVersion(Database database, Connection connection) throws SQLException {
        int major = connection.getMetaData().getDatabaseMajorVersion();
        if (major < OLDEST_SERVER) {
            throw PostgresFailures.failure(
                    FailureType.PRECONDITION,
                    "database " + database.name() + " runs on PostgreSQL " + major + ", and " + OLDEST_SERVER
                            + " is the oldest that can be proven",
                    "upgrade the server",
                    "server-too-old",
                    null);
        }
    }

    /** A run that was terminated loses its lock in Temporal, but not what it started: the server knows better. */
    private static void requireNobodyElse(Database database, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT pg_try_advisory_lock(hashtextextended('windlass snapshot', 0))")) {
            row.next();
            if (!row.getBoolean(1)) {
                throw PostgresFailures.failure(
                        FailureType.LOCKED,
                        "another run of Windlass holds a snapshot of database " + database.name(),
                        "wait for it, or end its sessions: application_name starts with windlass-",
                        "table-locked",
                        null);
            }
        }
    }

    private static SnapshotHolder take(Database database, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (int attempt = 1; attempt <= TRIES; attempt++) {
                List<DumpedTable> before = DumpedTable.list(connection);
                // Before the snapshot, and so before anything dumps them.
                List<SequenceFacts> sequences = SequenceFacts.read(connection);
                statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
                if (lock(statement, before)) {
                    // The first statement that takes a snapshot: everything is locked by now.
                    try (ResultSet row = statement.executeQuery("SELECT pg_export_snapshot(), clock_timestamp()")) {
                        row.next();
                        String snapshot = row.getString(1);
                        Instant at = row.getObject(2, OffsetDateTime.class).toInstant();
                        if (asSet(DumpedTable.list(connection)).equals(asSet(before))) {
                            return new SnapshotHolder(database, connection, snapshot, at, before, sequences);
                        }
                    }
                }
                statement.execute("ROLLBACK");
            }
        }
        throw PostgresFailures.failure(
                FailureType.LOCKED,
                "the tables of database " + database.name() + " changed during each of " + TRIES
                        + " tries to lock them",
                "wait until the migration that creates and drops tables is over",
                "tables-keep-changing",
                null);
    }

    /** False when a table went away, or a migration and we were waiting for one another. */
    private static boolean lock(Statement statement, List<DumpedTable> tables) throws SQLException {
        for (int from = 0; from < tables.size(); from += TABLES_PER_LOCK) {
            String names = tables.subList(from, Math.min(from + TABLES_PER_LOCK, tables.size())).stream()
                    .map(table -> "ONLY " + table.table().sql())
                    .collect(Collectors.joining(", "));
            try {
                statement.execute("LOCK TABLE " + names + " IN ACCESS SHARE MODE");
            } catch (SQLException refused) {
                switch (PostgresFailures.stateOf(refused)) {
                    case "42P01", "3F000", "40P01" -> {
                        return false;
                    }
                    default -> throw refused;
                }
            }
        }
        return true;
    }

    private static Set<DumpedTable> asSet(List<DumpedTable> tables) {
        return Set.copyOf(tables);
    }

    private SnapshotHolder withReader(PostgresConnections connections, StepToken token) {
        try {
            readers.add(reader(connections, token));
            return this;
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /**
     * Sessions that see the same state, each for one thread at a time. One is there from the beginning: a TRUNCATE that
     * comes later waits for it. Whoever joins while such a TRUNCATE is waiting would wait behind it, so then there are as
     * many as there are.
     */
    public List<Connection> readers(PostgresConnections connections, StepToken token, int wanted) {
        try {
            while (readers.size() < wanted) {
                readers.add(reader(connections, token));
            }
        } catch (ApplicationFailure locked) {
            if (!locked.getType().equals(FailureType.LOCKED.name())) {
                throw locked;
            }
        }
        return List.copyOf(readers);
    }

    private Connection reader(PostgresConnections connections, StepToken token) {
        return join(connections.open(database, token));
    }

    private Connection join(Connection joined) {
        try (Statement statement = joined.createStatement()) {
            statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
            statement.execute("SET TRANSACTION SNAPSHOT '" + snapshot + "'");
            statement.execute(JOIN_LIMIT);
            if (!lock(statement, tables)) {
                throw new SQLException("the tables of the snapshot cannot be locked again", "55P03");
            }
            return joined;
        } catch (SQLException broken) {
            closeQuietly(joined);
            throw PostgresFailures.using(database, broken);
        }
    }

    /** For {@code pg_dump --snapshot}. */
    String snapshot() {
        return snapshot;
    }

    /** By the server's clock. */
    Instant takenAt() {
        return takenAt;
    }

    List<DumpedTable> tables() {
        return tables;
    }

    List<SequenceFacts> sequences() {
        return sequences;
    }

    public Database database() {
        return database;
    }

    /** @throws io.temporal.failure.ApplicationFailure SNAPSHOT_LOST when the session and its locks are gone */
    synchronized void assertAlive() {
        try (Statement statement = connection.createStatement()) {
            connection.setNetworkTimeout(SAME_THREAD, ANSWER_MILLIS);
            statement.execute("SELECT 1");
        } catch (SQLException lost) {
            throw PostgresFailures.failure(
                    FailureType.SNAPSHOT_LOST,
                    "the session that held the snapshot of database " + database.name() + " is gone: "
                            + PostgresFailures.lineOf(lost),
                    "nothing to do unless it happens again: the next attempt takes a new snapshot",
                    "snapshot-lost",
                    lost);
        }
    }

    /** Lets the tables go. A session that is gone already has let them go. */
    @Override
    public synchronized void close() {
        readers.forEach(SnapshotHolder::closeQuietly);
        closeQuietly(connection);
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException gone) {
            // Closing is all that was wanted.
        }
    }
}
