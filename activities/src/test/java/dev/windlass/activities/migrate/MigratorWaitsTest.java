package dev.windlass.activities.migrate;

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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A migrator that has to wait for somebody, or is ended while it waits; the same facts for each tool. */
@Tag("integration")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MigratorWaitsTest {
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

    @ParameterizedTest
    @EnumSource
    void givesUpOnATableThatStaysLockedAndNamesWhoHasIt(Tool tool) throws SQLException {
        real.begin(tool, SHORT);
        real.writeGoodOnes(COLOUR, INDEX);
        String before = real.everything();
        RealMigrations.Run run = real.plan();

        try (Connection holder = real.migrators.holding("content.courses")) {
            assertThatThrownBy(run::apply).satisfies(thrown -> {
                Failure failure = Failure.in(thrown).orElseThrow();
                assertThat(failure.type()).isEqualTo(FailureType.LOCKED);
                assertThat(failure.fact())
                        .matches("migration " + real.called(COLOUR)
                                + " did not get its lock in all its tries: session \\d+ of postgres"
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
        real.writeGoodOnes(COLOUR, INDEX);
        RealMigrations.Run run = real.plan();
        CompletableFuture<ApplyReport> applying;

        try (Connection holder = real.migrators.holding("content.courses")) {
            applying = CompletableFuture.supplyAsync(run::apply);
            waitUntil("the migrator waits for the table", () -> real.migrators.waitingSessions() > 0);
            waitUntil("it stands back", () -> real.migrators.waitingSessions() == 0);
            assertThat(holder.isClosed()).isFalse();
        }

        assertThat(applying.join())
                .isEqualTo(new ApplyReport.Applied(List.of(real.called(COLOUR), real.called(INDEX))));
    }

    @ParameterizedTest
    @EnumSource
    void aKilledMigratorIsFoundOutAndTheNextTryGoesOn(Tool tool) throws SQLException {
        real.begin(tool, LONG);
        real.writeGoodOnes(COLOUR, INDEX);
        String before = real.everything();
        RealMigrations.Run run = real.plan();
        run.apply();
        String after = real.everything();
        run.undo();
        assertThat(real.everything()).isEqualTo(before);

        try (Connection holder = real.migrators.holding("content.courses")) {
            CompletableFuture<ApplyReport> applying = CompletableFuture.supplyAsync(run::apply);
            waitUntil("the migrator waits for the table", () -> real.migrators.waitingSessions() > 0);
            assertThat(real.migrators.kill()).isPositive();
            assertThatThrownBy(applying::join)
                    .isInstanceOf(CompletionException.class)
                    .satisfies(thrown ->
                            assertThat(Failure.in(thrown).orElseThrow().fact()).startsWith("the migrator died: "));
            assertThat(holder.isClosed()).isFalse();
        }

        assertThat(run.apply()).isEqualTo(new ApplyReport.Applied(List.of(real.called(COLOUR), real.called(INDEX))));
        assertThat(real.everything()).isEqualTo(after);
    }

    @ParameterizedTest
    @EnumSource
    void aCancelledRunLeavesNoMigratorAndNoSession(Tool tool) throws SQLException {
        real.begin(tool, LONG);
        real.writeGoodOnes(COLOUR, INDEX);
        String before = real.everything();
        RealMigrations.Run run = real.plan();

        try (Connection holder = real.migrators.holding("content.courses")) {
            CompletableFuture<ApplyReport> applying = CompletableFuture.supplyAsync(run::apply);
            waitUntil("the migrator waits for the table", () -> real.migrators.waitingSessions() > 0);
            real.cancel();
            assertThatThrownBy(applying::join).isInstanceOf(CompletionException.class);
            // The test server tells of the end before the activity has tidied up.
            waitUntil("no process is left", () -> real.migrators.running().isEmpty());
            waitUntil("no session is left", () -> real.migrators.waitingSessions() == 0);
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
        real.writeGoodOnes(COLOUR, INDEX);
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
}
