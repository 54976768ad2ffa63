package dev.windlass.activities.migrate;

import static dev.windlass.activities.backup.PostgresForTests.sql;
import static dev.windlass.activities.backup.PostgresForTests.value;
import static dev.windlass.activities.backup.PostgresForTests.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.backup.PostgresForTests;
import dev.windlass.runbooks.config.Migrations.Tool;
import dev.windlass.runbooks.migrate.MigratorCommands;
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

/** What is Flyway's own, with the real one: its record, its lock, what it does outside a transaction. */
@Tag("integration")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FlywayMigrationsTest {
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

    @Test
    void theRowIsOfTheTransactionOfItsMigrationAndItsChecksumIsKnown() {
        real.begin(Tool.FLYWAY, LONG);
        real.write(
                "1_hues",
                "\uFEFFCREATE TABLE content.hues (id int);\r\n\r\nINSERT INTO content.hues VALUES (1); -- f\u00FCr ${nobody}",
                "DROP TABLE content.hues;\n");
        assertThat(real.plan().apply()).isEqualTo(new ApplyReport.Applied(List.of("V1__hues")));

        assertThat(value(
                        real.database,
                        "SELECT h.xmin = c.xmin FROM public.flyway_schema_history h, pg_class c WHERE h.version = '1'"
                                + " AND c.oid = 'content.hues'::regclass"))
                .isEqualTo("t");
        assertThat(real.planning().observeMigrations(real.request()).state().applied())
                .containsExactly("V1__hues");
        real.write("1_hues", "CREATE TABLE content.hues (id bigint);\n", "DROP TABLE content.hues;\n");
        refuses(
                "migration V1__hues was applied, and its file has changed since",
                "put the file back as it was and write what is new into a migration of its own; where nothing but its"
                        + " form is new, run flyway repair");
    }

    @Test
    void whatIsKilledOutsideATransactionIsNotTakenForNeverBegun() throws SQLException {
        real.begin(Tool.FLYWAY, LONG);
        real.write(
                "1_rows",
                "-- windlass: no transaction\nINSERT INTO content.people VALUES (51, 'new@example.com');\n"
                        + "ALTER TABLE content.courses ADD COLUMN colour text;\n",
                "DELETE FROM content.people WHERE id = 51;\n"
                        + "ALTER TABLE content.courses DROP COLUMN IF EXISTS colour;\n");
        String before = real.everything();
        RealMigrations.Run run = real.plan();

        try (Connection holder = real.migrators.holding("content.courses")) {
            CompletableFuture<ApplyReport> applying = CompletableFuture.supplyAsync(run::apply);
            waitUntil("the migrator waits for the table", () -> real.migrators.waitingSessions() > 0);
            assertThat(real.migrators.kill()).isPositive();
            assertThatThrownBy(applying::join).isInstanceOf(CompletionException.class);
            assertThat(holder.isClosed()).isFalse();
        }

        assertThat(value(real.database, "SELECT count(*) FROM content.people")).isEqualTo("51");
        assertThat(value(real.database, "SELECT count(*) FROM public.flyway_schema_history"))
                .isEqualTo("0");
        assertThat(run.apply())
                .isEqualTo(new ApplyReport.Failed(
                        "migration V1__rows was cut off, and some of its statements may have taken effect", List.of()));
        run.undo();
        assertThat(run.checkUndone()).isInstanceOf(SchemaReport.AsExpected.class);
        assertThat(real.everything()).isEqualTo(before);
    }

    @Test
    void whatHasEndedWithoutItsWorkerIsKnownAsAppliedAndAsNothingElse() {
        real.begin(Tool.FLYWAY, LONG);
        real.writeGoodOnes("1_colour", "2_index");
        RealMigrations.Run run = real.plan();
        ApplyReport applied = run.apply();
        // The worker died when Flyway had begun, and Flyway did not.
        sql(
                real.database,
                "INSERT INTO public.windlass_migrations (name, checksum, state) VALUES ('V2__index', '', 'begun')");

        assertThat(run.apply()).isEqualTo(applied);
        assertThat(value(real.database, "SELECT count(*) FROM public.windlass_migrations"))
                .isEqualTo("0");
    }

    @Test
    void anotherFlywayIsWaitedForAndThenNamed() throws SQLException {
        real.begin(Tool.FLYWAY, SHORT);
        real.write("1_hues", "CREATE TABLE content.hues (id int);\n", "DROP TABLE content.hues;\n");
        RealMigrations.Run run = real.plan();

        try (Connection other = PostgresForTests.open(real.database);
                Statement statement = other.createStatement()) {
            // A stranger: what is ours and has no worker any more is ended.
            statement.execute("SET application_name = 'flyway'");
            statement.execute(
                    "SELECT pg_advisory_lock(" + MigratorCommands.toolLocks().getLast() + ")");
            assertThatThrownBy(run::apply).satisfies(thrown -> {
                Failure failure = Failure.in(thrown).orElseThrow();
                assertThat(failure.type()).isEqualTo(FailureType.LOCKED);
                assertThat(failure.fact())
                        .matches("somebody else migrates database d\\d+: session \\d+ of postgres \\(flyway\\), idle");
            });
        }
        assertThat(real.state().applied()).isEmpty();
    }

    @Test
    void whatABaselineHoldsIsNotPendingAndNothingComesBeforeWhatIsApplied() {
        real.begin(Tool.FLYWAY, LONG);
        real.write("3_hues", "CREATE TABLE content.hues (id int);\n", "DROP TABLE content.hues;\n");
        assertThat(real.plan().apply()).isEqualTo(new ApplyReport.Applied(List.of("V3__hues")));
        // As `flyway baseline` writes it.
        sql(
                real.database,
                "INSERT INTO public.flyway_schema_history (installed_rank, version, description, type, script,"
                        + " installed_by, execution_time, success) VALUES (0, '1', '<< Flyway Baseline >>', 'BASELINE',"
                        + " '<< Flyway Baseline >>', 'postgres', 0, true)");
        real.write("1_old", "SELECT 1;\n", "SELECT 1;\n");
        real.write("0.9_older", "SELECT 1;\n", "SELECT 1;\n");

        assertThat(real.state().pending()).isEmpty();
        assertThat(real.state().applied()).containsExactly("V1__baseline", "V3__hues");
        real.write("2_late", "SELECT 1;\n", "SELECT 1;\n");
        refuses(
                "migration V2__late comes before V3__hues, which is applied, and Flyway would leave it out",
                "give it a version above all that are applied");
    }

    private static void refuses(String fact, String hint) {
        assertThatThrownBy(() -> real.planning().observeMigrations(real.request()))
                .satisfies(thrown -> {
                    Failure failure = Failure.in(thrown).orElseThrow();
                    assertThat(failure.fact()).isEqualTo(fact);
                    assertThat(failure.hint()).isEqualTo(hint);
                });
    }
}
