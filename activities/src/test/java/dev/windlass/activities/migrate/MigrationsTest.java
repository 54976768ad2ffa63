package dev.windlass.activities.migrate;

import static dev.windlass.activities.backup.PostgresForTests.sql;
import static dev.windlass.activities.backup.PostgresForTests.value;
import static dev.windlass.activities.backup.PostgresForTests.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.backup.PostgresForTests;
import dev.windlass.runbooks.config.Migrations.Tool;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.migrate.ApplyReport;
import dev.windlass.workflows.migrate.SchemaReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Applying and undoing, with the real tools on a real PostgreSQL; the same facts for each tool. */
@Tag("integration")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MigrationsTest {
    private static final String COLOUR = "0001_colour";
    private static final String INDEX = "0002_index";
    private static final Duration SHORT = Duration.ofMillis(10);
    private static final Duration LONG = Duration.ofMinutes(1);

    private static RealMigrations real;

    @BeforeAll
    static void start() {
        real = new RealMigrations();
    }

    @AfterAll
    static void stop() {
        real.close();
    }

    private static void writeGoodOnes() {
        real.write(
                COLOUR,
                "ALTER TABLE content.courses ADD COLUMN colour text;\n"
                        + "UPDATE content.courses SET colour = 'red' WHERE id % 2 = 0;\n"
                        + "CREATE FUNCTION content.hue() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN 'a;b'; END $$;\n",
                "DROP FUNCTION content.hue();\nALTER TABLE content.courses DROP COLUMN colour;\n");
        real.write(
                INDEX,
                "-- windlass: no transaction\nCREATE INDEX CONCURRENTLY people_email ON content.people (email);\n",
                "DROP INDEX CONCURRENTLY IF EXISTS content.people_email;\n");
    }

    @ParameterizedTest
    @EnumSource
    void appliesWhatIsPendingAndTakesItBackExactly(Tool tool) {
        real.begin(tool, LONG);
        writeGoodOnes();
        String before = real.everything();
        RealMigrations.Run run = real.plan();

        assertThat(run.apply()).isEqualTo(new ApplyReport.Applied(List.of(COLOUR, INDEX)));
        String after = real.everything();
        assertThat(after).isNotEqualTo(before);
        assertThat(real.state().pending()).isEmpty();
        assertThat(real.state().applied()).containsExactly(COLOUR, INDEX);
        assertThat(run.apply()).as("a second time").isEqualTo(new ApplyReport.Applied(List.of(COLOUR, INDEX)));
        assertThat(real.everything()).isEqualTo(after);
        assertThat(run.verify())
                .as("rehearsed was nothing")
                .isInstanceOfSatisfying(
                        SchemaReport.Different.class,
                        different -> assertThat(different.reason())
                                .startsWith("the schema is not as rehearsed: its fingerprint is sha256:"));
        assertThat(run.checkUndone()).isEqualTo(new SchemaReport.Different("still applied: " + COLOUR + ", " + INDEX));

        run.undo();

        assertThat(run.checkUndone())
                .isEqualTo(new SchemaReport.AsExpected(
                        "the database stands as before: 0 migrations applied, the same schema"));
        assertThat(real.everything()).isEqualTo(before);
        run.undo();
        assertThat(real.everything()).as("undone twice").isEqualTo(before);
        assertThat(run.apply()).as("after an undo").isEqualTo(new ApplyReport.Applied(List.of(COLOUR, INDEX)));
        assertThat(real.everything()).isEqualTo(after);
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionThatFailsInItsMiddleLeavesNothing(Tool tool) {
        real.begin(tool, LONG);
        writeGoodOnes();
        real.write(
                "0003_broken",
                "ALTER TABLE content.people ADD COLUMN a int;\nALTER TABLE content.nobody ADD COLUMN b int;\n"
                        + "ALTER TABLE content.people ADD COLUMN c int;\n",
                "ALTER TABLE content.people DROP COLUMN a, DROP COLUMN c;\n");
        String before = real.everything();
        RealMigrations.Run run = real.plan();

        assertThat(run.apply()).isInstanceOfSatisfying(ApplyReport.Failed.class, failed -> {
            assertThat(failed.applied()).containsExactly(COLOUR, INDEX);
            assertThat(failed.reason()).startsWith("migration 0003_broken: ").contains("nobody");
        });
        assertThat(value(
                        real.database,
                        "SELECT count(*) FROM pg_attribute WHERE attrelid ="
                                + " 'content.people'::regclass AND attname IN ('a', 'c')"))
                .isEqualTo("0");

        run.undo();

        assertThat(run.checkUndone()).isInstanceOf(SchemaReport.AsExpected.class);
        assertThat(real.everything()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void statementsByThemselvesThatFailInTheirMiddleAreTakenBackByTheDownFile(Tool tool) {
        real.begin(tool, LONG);
        real.write(
                "0001_half",
                "-- windlass: no transaction\nBEGIN; ALTER TABLE content.people ADD COLUMN a int; COMMIT;\n"
                        + "ALTER TABLE content.nobody ADD COLUMN b int;\n"
                        + "ALTER TABLE content.people ADD COLUMN c int;\n",
                "ALTER TABLE content.people DROP COLUMN IF EXISTS a, DROP COLUMN IF EXISTS c;\n");
        String before = real.everything();
        RealMigrations.Run run = real.plan();

        assertThat(run.apply())
                .isInstanceOfSatisfying(
                        ApplyReport.Failed.class,
                        failed -> assertThat(failed.applied()).isEmpty());
        assertThat(real.state().half()).isPresent();
        assertThat(run.checkUndone()).isEqualTo(new SchemaReport.Different("migration 0001_half is half-applied"));
        assertThat(run.apply())
                .as("again: it is not run over what it left")
                .isInstanceOfSatisfying(
                        ApplyReport.Failed.class,
                        failed -> assertThat(failed.reason())
                                .isEqualTo("migration 0001_half was cut off, and some of its statements may have taken"
                                        + " effect"));

        run.undo();

        assertThat(run.checkUndone()).isInstanceOf(SchemaReport.AsExpected.class);
        assertThat(real.everything()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void givesUpOnATableThatStaysLockedAndNamesWhoHasIt(Tool tool) throws SQLException {
        real.begin(tool, SHORT);
        writeGoodOnes();
        String before = real.everything();
        RealMigrations.Run run = real.plan();

        try (Connection holder = holding("content.courses")) {
            assertThatThrownBy(run::apply).satisfies(thrown -> {
                Failure failure = Failure.in(thrown).orElseThrow();
                assertThat(failure.type()).isEqualTo(FailureType.LOCKED);
                assertThat(failure.fact())
                        .matches("migration 0001_colour did not get its lock in all its tries: session \\d+ of postgres"
                                + " \\(windlass-[0-9a-f]+\\), idle in transaction");
                assertThat(failure.anchor()).isEqualTo("migrate.md#table-locked");
            });
            assertThat(holder.isClosed()).isFalse();
        }
        assertThat(run.checkUndone()).isInstanceOf(SchemaReport.AsExpected.class);
        assertThat(real.everything()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void standsBackFromALockedTableAndComesAgain(Tool tool) throws SQLException {
        real.begin(tool, LONG);
        writeGoodOnes();
        RealMigrations.Run run = real.plan();
        CompletableFuture<ApplyReport> applying;

        try (Connection holder = holding("content.courses")) {
            applying = CompletableFuture.supplyAsync(run::apply);
            waitUntil("the migrator waits for the table", () -> real.sessionsOfMigrators() > 0);
            waitUntil("it stands back", () -> real.sessionsOfMigrators() == 0);
            assertThat(holder.isClosed()).isFalse();
        }

        assertThat(applying.join()).isEqualTo(new ApplyReport.Applied(List.of(COLOUR, INDEX)));
    }

    @ParameterizedTest
    @EnumSource
    void aKilledMigratorIsFoundOutAndTheNextTryGoesOn(Tool tool) throws SQLException {
        real.begin(tool, LONG);
        writeGoodOnes();
        String before = real.everything();
        RealMigrations.Run run = real.plan();
        run.apply();
        String after = real.everything();
        run.undo();
        assertThat(real.everything()).isEqualTo(before);

        try (Connection holder = holding("content.courses")) {
            CompletableFuture<ApplyReport> applying = CompletableFuture.supplyAsync(run::apply);
            waitUntil("the migrator waits for the table", () -> real.sessionsOfMigrators() > 0);
            assertThat(real.killMigrator()).isPositive();
            assertThatThrownBy(applying::join)
                    .isInstanceOf(CompletionException.class)
                    .satisfies(thrown ->
                            assertThat(Failure.in(thrown).orElseThrow().fact()).startsWith("the migrator died: "));
            assertThat(holder.isClosed()).isFalse();
        }

        assertThat(run.apply()).isEqualTo(new ApplyReport.Applied(List.of(COLOUR, INDEX)));
        assertThat(real.everything()).isEqualTo(after);
    }

    @ParameterizedTest
    @EnumSource
    void aCancelledRunLeavesNoMigratorAndNoSession(Tool tool) throws SQLException {
        real.begin(tool, LONG);
        writeGoodOnes();
        String before = real.everything();
        RealMigrations.Run run = real.plan();

        try (Connection holder = holding("content.courses")) {
            CompletableFuture<ApplyReport> applying = CompletableFuture.supplyAsync(run::apply);
            waitUntil("the migrator waits for the table", () -> real.sessionsOfMigrators() > 0);
            real.cancel();
            assertThatThrownBy(applying::join).isInstanceOf(CompletionException.class);
            // The test server tells of the end before the activity has tidied up.
            waitUntil("no process is left", () -> real.migrators().isEmpty());
            waitUntil("no session is left", () -> real.sessionsOfMigrators() == 0);
            assertThat(holder.isClosed()).isFalse();
        }
        real.renew();
        run.undo();
        assertThat(run.checkUndone()).isInstanceOf(SchemaReport.AsExpected.class);
        assertThat(real.everything()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void anotherWorkerThatMigratesIsNotDisturbed(Tool tool) throws SQLException {
        real.begin(tool, SHORT);
        writeGoodOnes();
        RealMigrations.Run run = real.plan();

        try (Connection other = PostgresForTests.open(real.database);
                Statement statement = other.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(1464421956, 1)");
            assertThatThrownBy(run::apply).satisfies(thrown -> {
                Failure failure = Failure.in(thrown).orElseThrow();
                assertThat(failure.type()).isEqualTo(FailureType.LOCKED);
                assertThat(failure.fact())
                        .matches("somebody else migrates database d\\d+: session \\d+ of postgres .*, idle");
            });
        }
        assertThat(real.state().applied()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aFileOrADatabaseThatChangedSinceThePlanStopsIt(Tool tool) {
        real.begin(tool, LONG);
        writeGoodOnes();
        RealMigrations.Run run = real.plan();

        sql(real.database, "ALTER TABLE content.people ADD COLUMN by_hand int");
        assertThatThrownBy(run::apply)
                .satisfies(thrown -> assertThat(Failure.in(thrown).orElseThrow().fact())
                        .startsWith("the database does not stand as when the plan was made: its fingerprint is"));
        sql(real.database, "ALTER TABLE content.people DROP COLUMN by_hand");
        real.write(INDEX, "SELECT 1;\n", "SELECT 1;\n");
        assertThatThrownBy(run::apply)
                .satisfies(thrown ->
                        assertThat(Failure.in(thrown).orElseThrow().anchor()).isEqualTo("migrate.md#file-changed"));
        assertThat(real.state().applied()).isEmpty();
    }

    @Test
    void whenNobodyCanTellWhetherRowsWereChangedAPersonIsAsked() {
        real.begin(Tool.PRISMA, LONG);
        real.write(
                COLOUR,
                "UPDATE content.courses SET price = price * 2;\n",
                "UPDATE content.courses SET price = price / 2;\n");
        RealMigrations.Run run = real.plan();
        run.apply();
        run.undo();
        // As a killed Prisma leaves it, whose transaction may have been committed all the same.
        sql(
                real.database,
                "INSERT INTO public._prisma_migrations (id, checksum, migration_name) VALUES ('1', '0', '" + COLOUR
                        + "')");

        assertThat(run.apply())
                .isEqualTo(new ApplyReport.Failed(
                        "migration 0001_colour was cut off, and may have taken effect", List.of()));
        assertThatThrownBy(run::undo)
                .satisfies(thrown ->
                        assertThat(Failure.in(thrown).orElseThrow().anchor()).isEqualTo("migrate.md#nobody-knows"));
    }

    private static Connection holding(String table) throws SQLException {
        Connection holder = PostgresForTests.open(real.database);
        holder.setAutoCommit(false);
        try (Statement statement = holder.createStatement()) {
            // As whoever has read it: in the way of a change, and of nobody who looks.
            statement.execute("LOCK TABLE " + table + " IN ACCESS SHARE MODE");
        }
        return holder;
    }
}
