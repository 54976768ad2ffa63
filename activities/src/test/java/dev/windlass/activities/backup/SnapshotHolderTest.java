package dev.windlass.activities.backup;

import static dev.windlass.activities.backup.PostgresForTests.CONNECTIONS;
import static dev.windlass.activities.backup.PostgresForTests.context;
import static dev.windlass.activities.backup.PostgresForTests.sql;
import static dev.windlass.activities.backup.PostgresForTests.value;
import static dev.windlass.activities.backup.PostgresForTests.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.effects.StepToken;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.StepId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("integration")
class SnapshotHolderTest {
    private static final StepToken TOKEN = context("dump").token();
    private static PostgresForTests server;
    private Database database;

    @BeforeAll
    static void startServer() {
        server = PostgresForTests.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void createDatabase() {
        database = server.createDatabase();
        sql(database, "CREATE TABLE public.a AS SELECT i FROM generate_series(1, 1000) i");
    }

    @Test
    void makesATruncateWaitSoThatItCannotEmptyTheDump() throws Exception {
        try (SnapshotHolder holder = SnapshotHolder.open(CONNECTIONS, database, TOKEN)) {
            CompletableFuture<Void> truncate = CompletableFuture.runAsync(() -> sql(database, "TRUNCATE public.a"));
            waitUntil(
                    "TRUNCATE waits for its lock",
                    () -> value(
                                    database,
                                    "SELECT count(*) FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock'")
                            .equals("1"));

            // What pg_dump --snapshot does; without the locks this reads 0 rows.
            assertThat(count(holder.readers(CONNECTIONS, TOKEN, 2).getFirst())).isEqualTo(1000);
            holder.assertAlive();
            assertThat(truncate).isNotDone();

            holder.close();
            truncate.get(30, TimeUnit.SECONDS);
        }
        assertThat(value(database, "SELECT count(*) FROM public.a")).isEqualTo("0");
    }

    @Test
    void seesNothingThatIsWrittenAfterIt() throws SQLException {
        try (SnapshotHolder holder = SnapshotHolder.open(CONNECTIONS, database, TOKEN)) {
            sql(database, "INSERT INTO public.a VALUES (7)", "CREATE TABLE public.later (i int)");

            assertThat(countIn(holder.snapshot())).isEqualTo(1000);
            assertThat(holder.tables())
                    .extracting(table -> table.table().toString())
                    .containsExactly("public.a");
        }
    }

    @Test
    void waitsForATruncateThatCameFirst() throws Exception {
        try (Connection migration = PostgresForTests.open(database)) {
            migration.setAutoCommit(false);
            migration.createStatement().execute("TRUNCATE public.a; CREATE TABLE public.b (i int)");
            CompletableFuture<SnapshotHolder> opening =
                    CompletableFuture.supplyAsync(() -> SnapshotHolder.open(CONNECTIONS, database, TOKEN));
            waitUntil(
                    "the holder waits",
                    () -> value(database, "SELECT count(*) FROM pg_locks WHERE NOT granted")
                            .equals("1"));
            migration.commit();

            try (SnapshotHolder holder = opening.get(30, TimeUnit.SECONDS)) {
                assertThat(countIn(holder.snapshot())).isEqualTo(0);
                // The new table was not locked at the first try, so there was a second one.
                assertThat(holder.tables())
                        .extracting(table -> table.table().toString())
                        .containsExactly("public.a", "public.b");
            }
        }
    }

    @Test
    void noticesThatItsSessionWasEnded() {
        try (SnapshotHolder holder = SnapshotHolder.open(CONNECTIONS, database, TOKEN)) {
            terminate(TOKEN);

            assertThatThrownBy(holder::assertAlive)
                    .satisfies(thrown ->
                            assertThat(Failure.in(thrown).orElseThrow().type()).isEqualTo(FailureType.SNAPSHOT_LOST))
                    .hasMessageContaining(
                            "the session that held the snapshot of database " + database.name() + " is gone");
        }
    }

    @Test
    void endsWhatAnEarlierAttemptLeftBehind() {
        try (SnapshotHolder left = SnapshotHolder.open(CONNECTIONS, database, TOKEN);
                SnapshotHolder holder = SnapshotHolder.open(CONNECTIONS, database, TOKEN)) {
            holder.assertAlive();
            assertThatThrownBy(left::assertAlive)
                    .satisfies(thrown ->
                            assertThat(Failure.in(thrown).orElseThrow().type()).isEqualTo(FailureType.SNAPSHOT_LOST));
        }
    }

    @Test
    void refusesASecondRunOnTheSameDatabase() {
        StepToken other = new StepToken("another", "run", StepId.of("dump"));
        try (SnapshotHolder holder = SnapshotHolder.open(CONNECTIONS, database, TOKEN)) {
            assertThatThrownBy(() -> SnapshotHolder.open(CONNECTIONS, database, other))
                    .hasMessageContaining("another run of Windlass holds a snapshot of database " + database.name());
            holder.assertAlive();
        }
    }

    @Test
    void tellsAMissingDatabaseFromAServerThatIsDown() {
        assertThatThrownBy(() -> SnapshotHolder.open(CONNECTIONS, server.database("nowhere"), TOKEN))
                .hasMessageContaining("database nowhere does not exist on its server")
                .satisfies(thrown ->
                        assertThat(Failure.in(thrown).orElseThrow().type()).isEqualTo(FailureType.DATABASE_GONE));
        assertThatThrownBy(() -> SnapshotHolder.open(CONNECTIONS, server.database("x", "nobody_here"), TOKEN))
                .satisfies(thrown ->
                        assertThat(Failure.in(thrown).orElseThrow().type()).isEqualTo(FailureType.PRECONDITION))
                .hasMessageContaining("database x refuses nobody_here");
        Database down = new Database(
                database.name(),
                "x",
                "test",
                "/run/none",
                5432,
                "a",
                database.password(),
                database.tools(),
                database.smoke());
        assertThatThrownBy(() -> SnapshotHolder.open(CONNECTIONS, down, TOKEN))
                .satisfies(thrown ->
                        assertThat(Failure.in(thrown).orElseThrow().type()).isEqualTo(FailureType.DATABASE_UNREACHABLE))
                .hasMessageContaining("at /run/none port 5432 does not answer");
    }

    private int countIn(String snapshot) throws SQLException {
        try (Connection connection = PostgresForTests.open(database);
                var statement = connection.createStatement()) {
            statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
            statement.execute("SET TRANSACTION SNAPSHOT '" + snapshot + "'");
            return count(connection);
        }
    }

    private static int count(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            try (var row = statement.executeQuery("SELECT count(*) FROM public.a")) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private void terminate(StepToken token) {
        value(
                database,
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = '"
                        + token.abbreviated() + "'");
    }
}
