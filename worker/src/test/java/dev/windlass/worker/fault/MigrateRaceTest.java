package dev.windlass.worker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.worker.fault.MigratedShop.ThirdOne;
import dev.windlass.worker.testing.Eventually;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.backup.BackupOutcome;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.migrate.MigrateOutcome;
import dev.windlass.workflows.migrate.MigrateRequest;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two runs for one environment at the same moment, with Temporal and the worker as they are installed. */
@Tag("fault")
class MigrateRaceTest {
    private static final int PATIENCE_SECONDS = 240;

    private static Rig rig;
    private static MigratedShop shop;

    @BeforeAll
    static void startEverything() throws Exception {
        rig = Rig.start(MigratedShop.APPS);
        boolean isStarted = false;
        try {
            shop = new MigratedShop(rig);
            shop.prepare();
            rig.startBackup("race-backup").getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, BackupOutcome.class);
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

    @Test
    void theSecondWaitsAndFindsNothingPending() throws Exception {
        shop.writeMigrations(ThirdOne.FITS);
        List<WorkflowStub> runs;
        try (Connection held = shop.hold(MigrateMoment.FIRST)) {
            runs = Stream.of("race-one", "race-other")
                    .map(MigrateRaceTest::migrate)
                    .toList();
            Eventually.holds(
                    Duration.ofSeconds(PATIENCE_SECONDS),
                    "both have rehearsed, and one of them waits for the test",
                    () -> runs.stream().allMatch(MigrateRaceTest::hasRehearsed)
                            && shop.isWaitedFor(MigrateMoment.FIRST));
            assertThat(runs.stream().filter(MigrateRaceTest::hasAskedToApply)).hasSize(1);
            assertThat(held.isClosed()).isFalse();
        }

        List<MigrateOutcome> outcomes = List.of(outcome(runs.getFirst()), outcome(runs.getLast()));
        List<String> all = List.of("0001_first", "0002_second", "0003_third");
        assertThat(outcomes)
                .filteredOn(MigrateOutcome.Migrated.class::isInstance)
                .singleElement()
                .satisfies(migrated -> assertThat(((MigrateOutcome.Migrated) migrated).migrations())
                        .isEqualTo(all));
        assertThat(outcomes).contains(new MigrateOutcome.NothingPending(all));
        shop.seesEntirelyNew(shop.schema());
        assertThat(runs.stream().filter(MigrateRaceTest::hasAskedToApply)).hasSize(1);
    }

    private static MigrateOutcome outcome(WorkflowStub run) throws Exception {
        return run.getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, MigrateOutcome.class);
    }

    private static boolean hasRehearsed(WorkflowStub run) {
        return history(run).contains("PlanMigrate");
    }

    private static boolean hasAskedToApply(WorkflowStub run) {
        return history(run).contains("ApplyMigrations");
    }

    private static String history(WorkflowStub run) {
        return rig.client.fetchHistory(run.getExecution().getWorkflowId()).toJson(false);
    }

    private static WorkflowStub migrate(String workflowId) {
        return rig.start(
                "Migrate",
                workflowId,
                new MigrateRequest(
                        new AppName("shop"),
                        new EnvironmentName("prod"),
                        new TreeSet<>(),
                        new Requester("test", Optional.empty())));
    }
}
