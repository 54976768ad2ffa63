package dev.windlass.activities.migrate;

import static dev.windlass.activities.backup.PostgresForTests.value;
import static dev.windlass.activities.backup.PostgresForTests.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.backup.PostgresForTests;
import dev.windlass.runbooks.config.Migrations.Tool;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.migrate.ApplyReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody migrates without Windlass at the same time: by Prisma itself, or by the commands of the page. */
@Tag("integration")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OutsideMigratorsTest {
    private static final String COLOUR = "0001_colour";
    private static final String UP = "ALTER TABLE content.courses ADD COLUMN colour text";
    /** What Prisma's own migrator holds while it works. */
    private static final int PRISMA = 72707369;

    private static RealMigrations real;

    @BeforeAll
    static void start() {
        real = new RealMigrations();
    }

    @AfterAll
    static void stop() {
        real.close();
    }

    private static RealMigrations.Run begin(Tool tool, Duration patience) {
        real.begin(tool, patience);
        real.write(COLOUR, UP + ";\n", "ALTER TABLE content.courses DROP COLUMN colour;\n");
        return real.plan();
    }

    @Test
    void aPrismaThatStaysIsNamedAndLeftAlone() throws SQLException {
        RealMigrations.Run run = begin(Tool.PRISMA, Duration.ofMillis(10));

        try (Connection other = PostgresForTests.open(real.database);
                Statement statement = other.createStatement()) {
            statement.execute("SET application_name = 'by-hand'");
            statement.execute("SELECT pg_advisory_lock(" + PRISMA + ")");
            assertThatThrownBy(run::apply).satisfies(thrown -> {
                Failure failure = Failure.in(thrown).orElseThrow();
                assertThat(failure.type()).isEqualTo(FailureType.LOCKED);
                assertThat(failure.fact())
                        .matches("somebody else migrates database d\\d+: session \\d+ of postgres \\(by-hand\\), idle");
                assertThat(failure.anchor()).isEqualTo("migrate.md#other-migrator");
            });
            statement.execute("SELECT 1");
        }
        assertThat(real.state().applied()).isEmpty();
    }

    @Test
    void aPrismaThatEndsIsWaitedFor() throws SQLException {
        RealMigrations.Run run = begin(Tool.PRISMA, Duration.ofMinutes(1));
        CompletableFuture<ApplyReport> applying;

        try (Connection other = PostgresForTests.open(real.database);
                Statement statement = other.createStatement()) {
            // One that bears our name is taken for a run whose worker is dead, and ended.
            statement.execute("SET application_name = 'by-hand'");
            statement.execute("SELECT pg_advisory_lock(" + PRISMA + ")");
            applying = CompletableFuture.supplyAsync(run::apply);
            waitUntil(
                    "Prisma waits for the other one",
                    () -> value(
                                    real.database,
                                    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = "
                                            + PRISMA)
                            .equals("1"));
        }

        assertThat(applying.join()).isEqualTo(new ApplyReport.Applied(List.of(COLOUR)));
    }

    @Test
    void whatSomebodyAppliesByHandMeanwhileIsNotAppliedAgain() throws SQLException {
        RealMigrations.Run run = begin(Tool.SQL, Duration.ofMinutes(1));
        CompletableFuture<ApplyReport> applying;

        try (Connection other = byHand()) {
            applying = CompletableFuture.supplyAsync(run::apply);
            waitUntil("our row waits for the other one", OutsideMigratorsTest::isWaitedFor);
            try (Statement statement = other.createStatement()) {
                statement.execute(UP);
            }
            other.commit();
        }

        assertThat(applying.join()).isEqualTo(new ApplyReport.Applied(List.of(COLOUR)));
        assertThat(value(real.database, "SELECT count(*) FROM public.windlass_migrations"))
                .isEqualTo("1");
    }

    @Test
    void whatSomebodyBeginsByHandAndGivesUpIsApplied() throws SQLException {
        RealMigrations.Run run = begin(Tool.SQL, Duration.ofMinutes(1));
        CompletableFuture<ApplyReport> applying;

        try (Connection other = byHand()) {
            applying = CompletableFuture.supplyAsync(run::apply);
            waitUntil("our row waits for the other one", OutsideMigratorsTest::isWaitedFor);
            other.rollback();
        }

        assertThat(applying.join()).isEqualTo(new ApplyReport.Applied(List.of(COLOUR)));
        assertThat(real.state().pending()).isEmpty();
    }

    /** As the page says: the row first, and nothing is committed yet. */
    private static Connection byHand() throws SQLException {
        Connection other = PostgresForTests.open(real.database);
        try (Statement statement = other.createStatement()) {
            String checksum = real.state().pending().getFirst().checksum();
            statement.execute("CREATE TABLE public.windlass_migrations (name text PRIMARY KEY, checksum text NOT NULL,"
                    + " state text NOT NULL, applied_at timestamptz NOT NULL DEFAULT clock_timestamp())");
            other.setAutoCommit(false);
            statement.execute("INSERT INTO public.windlass_migrations (name, checksum, state) VALUES ('" + COLOUR
                    + "', '" + checksum + "', 'applied')");
        }
        return other;
    }

    private static boolean isWaitedFor() {
        return value(real.database, "SELECT count(*) FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted")
                .equals("1");
    }
}
