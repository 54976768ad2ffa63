package dev.windlass.worker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.config.Migrations.Tool;
import dev.windlass.worker.fault.MigrationFolder.ThirdOne;
import dev.windlass.worker.testing.Eventually;
import dev.windlass.workflows.backup.BackupOutcome;
import dev.windlass.workflows.migrate.MigrateOutcome;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
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
        rig = Rig.start(List.of(Cluster.DATABASE), MigratedShop.apps(List.of(Tool.SQL)));
        boolean isStarted = false;
        try {
            shop = new MigratedShop(rig, Tool.SQL);
            shop.prepare();
            shop.backUp().getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, BackupOutcome.class);
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
        shop.reset(ThirdOne.FITS);
        List<WorkflowStub> runs;
        try (MigrateHold held = shop.hold(MigrateMoment.FIRST)) {
            runs = Stream.of("race-one", "race-other").map(shop::migrate).toList();
            Eventually.holds(
                    Duration.ofSeconds(PATIENCE_SECONDS),
                    "both have rehearsed, and one of them waits for the test",
                    () -> runs.stream().allMatch(MigrateRaceTest::hasRehearsed)
                            && !held.waiting().isEmpty());
            assertThat(runs.stream().filter(MigrateRaceTest::hasAskedToApply)).hasSize(1);
        }

        List<MigrateOutcome> outcomes = List.of(outcome(runs.getFirst()), outcome(runs.getLast()));
        List<String> all = List.of("0001_first", "0002_second", "0003_third");
        assertThat(outcomes)
                .filteredOn(MigrateOutcome.Migrated.class::isInstance)
                .singleElement()
                .satisfies(migrated -> assertThat(((MigrateOutcome.Migrated) migrated).migrations())
                        .isEqualTo(all));
        assertThat(outcomes).contains(new MigrateOutcome.NothingPending(all));
        MigratedShop.Sight seen = shop.look();
        assertThat(seen.applied()).containsExactly("0001_first applied", "0002_second applied", "0003_third applied");
        assertThat(seen.rows()).endsWith("first", "second", "third");
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
}
