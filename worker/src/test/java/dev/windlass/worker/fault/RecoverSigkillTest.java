package dev.windlass.worker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.worker.testing.Eventually;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.backup.BackupOutcome;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.recovery.BroughtBack;
import dev.windlass.workflows.recovery.RecoverDatabaseOutcome;
import dev.windlass.workflows.recovery.RecoverDatabaseRequest;
import dev.windlass.workflows.recovery.TableReference;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever is killed while a database is recovered: the lost rows are there once, what was written since stays or is kept, and
 * nothing of the run is left. WINDLASS_FAULT_CASE=REGEX runs the cases that match.
 */
@Tag("fault")
class RecoverSigkillTest {
    private static final int PATIENCE_SECONDS = 200;
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final TableReference FILES = new TableReference("app.files");

    private static Rig rig;
    private static LossyShop shop;
    private static String files;

    @BeforeAll
    static void startEverything() throws Exception {
        rig = Rig.start();
        boolean isStarted = false;
        try {
            shop = new LossyShop(rig);
            rig.startBackup("fault-recover-backup").getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, BackupOutcome.class);
            files = shop.files(Cluster.DATABASE);
            isStarted = true;
        } finally {
            if (!isStarted) {
                rig.close();
            }
        }
    }

    @AfterAll
    static void endEverything() throws IOException {
        rig.close();
    }

    private enum When {
        /** The copy grows. */
        RESTORE,
        /** The rows wait in the transaction for a lock of the test. */
        BRING_BACK,
        /** The rows are back. */
        AFTER_BRING_BACK,
        /** The database is closed and counted again; the change of the names waits for a lock of the test. */
        SWAP,
        /** The names have changed. */
        AFTER_SWAP;

        boolean isOfTheWhole() {
            return this == SWAP || this == AFTER_SWAP;
        }
    }

    record Killing(Victim victim, When when) {
        @Override
        public String toString() {
            return (victim + " " + when).toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static Stream<Killing> killings() {
        Pattern wanted = Pattern.compile(
                Optional.ofNullable(System.getenv("WINDLASS_FAULT_CASE")).orElse(""));
        return Stream.of(
                        new Killing(Victim.WORKER, When.RESTORE),
                        new Killing(Victim.POSTGRES, When.RESTORE),
                        new Killing(Victim.WORKER, When.BRING_BACK),
                        new Killing(Victim.POSTGRES, When.BRING_BACK),
                        new Killing(Victim.WORKER, When.AFTER_BRING_BACK),
                        new Killing(Victim.WORKER, When.SWAP),
                        new Killing(Victim.POSTGRES, When.SWAP),
                        new Killing(Victim.WORKER, When.AFTER_SWAP))
                .filter(each -> wanted.matcher(each.toString()).find());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("killings")
    void theLostRowsAreBackOnceAndNothingOfTheRunIsLeft(Killing killing) throws Exception {
        long begun = System.nanoTime();
        String workflowId = "fault-recover-" + killing.toString().replace(' ', '-');
        shop.loseFiles(workflowId);

        RecoverDatabaseOutcome outcome = killInTheMiddle(killing, workflowId)
                .getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, RecoverDatabaseOutcome.class);

        assertThat(shop.files(Cluster.DATABASE)).isEqualTo(files);
        assertThat(shop.databasesLike("windlass-%")).isEmpty();
        assertThat(shop.databasesLike("shop_recovered_%")).isEmpty();
        List<String> kept = shop.databasesLike("shop_broken_%");
        if (killing.when().isOfTheWhole()) {
            assertThat(kept).hasSize(1);
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            RecoverDatabaseOutcome.Swapped.class,
                            swapped -> assertThat(swapped.names().kept()).isEqualTo(kept.getFirst()));
            assertThat(shop.isWritten(Cluster.DATABASE, workflowId))
                    .as("written since, in the copy")
                    .isFalse();
            rig.postgres.sql("postgres", "ALTER DATABASE \"" + kept.getFirst() + "\" ALLOW_CONNECTIONS true");
            assertThat(shop.isWritten(kept.getFirst(), workflowId))
                    .as("written since, in what is kept")
                    .isTrue();
            rig.postgres.sql("postgres", "DROP DATABASE \"" + kept.getFirst() + "\"");
        } else {
            assertThat(kept).isEmpty();
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            RecoverDatabaseOutcome.RowsBack.class,
                            back -> assertThat(back.tables())
                                    .containsExactly(new BroughtBack(FILES, LossyShop.FILES, 0)));
            assertThat(shop.isWritten(Cluster.DATABASE, workflowId))
                    .as("written since")
                    .isTrue();
        }
        new Witness(rig).seesNothingLeftOf(workflowId);
        System.out.printf(Locale.ROOT, "fault: %5.1f s  recover %s%n", (System.nanoTime() - begun) / 1e9, killing);
    }

    private static WorkflowStub killInTheMiddle(Killing killing, String workflowId) throws IOException, SQLException {
        try (Connection held = hold(killing.when())) {
            WorkflowStub run = rig.start("RecoverDatabase", workflowId, request(killing.when()));
            Eventually.holds(SOON, killing.when() + " has come", () -> hasCome(killing.when()));
            killing.victim().kill(rig, Moment.BEFORE_DUMP, workflowId);
            killing.victim().bringBack(rig);
            return run;
        }
    }

    private static Connection hold(When when) throws SQLException {
        return switch (when) {
            case BRING_BACK -> shop.holdFiles();
            case SWAP -> shop.holdTheName();
            case RESTORE, AFTER_BRING_BACK, AFTER_SWAP -> shop.connect("postgres");
        };
    }

    private static boolean hasCome(When when) throws SQLException {
        return switch (when) {
            case RESTORE -> !shop.databasesLike("windlass-%").isEmpty();
            case BRING_BACK -> shop.isWaiting("%LOCK TABLE%");
            case AFTER_BRING_BACK -> shop.files(Cluster.DATABASE).equals(files);
            case SWAP -> shop.isWaiting("%RENAME TO%");
            case AFTER_SWAP -> !shop.databasesLike("shop_broken_%").isEmpty();
        };
    }

    private static RecoverDatabaseRequest request(When when) {
        return new RecoverDatabaseRequest(
                new DatabaseName(Cluster.DATABASE),
                Optional.empty(),
                when.isOfTheWhole() ? List.of() : List.of(FILES),
                Optional.empty(),
                Optional.empty(),
                new Requester("test", Optional.empty()),
                Optional.empty());
    }
}
