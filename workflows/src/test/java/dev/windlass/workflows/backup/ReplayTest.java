package dev.windlass.workflows.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.workflows.deploy.DeployWorkflowImpl;
import dev.windlass.workflows.dns.RecoverDnsWorkflowImpl;
import dev.windlass.workflows.kernel.LockWorkflowImpl;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.recovery.DrillDatabaseWorkflowImpl;
import dev.windlass.workflows.recovery.RecoverDatabaseWorkflowImpl;
import dev.windlass.workflows.stagingsync.StagingSyncWorkflowImpl;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.workflow.Workflow;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs of every release go on under today's code. The histories are of real runs, kept by RealRunEqualsPlanTest and its like; each
 * release adds a folder and none is ever changed.
 */
class ReplayTest {
    static Stream<Path> histories() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(ReplayTest.class.getResource("/histories"))
                .toURI());
        try (Stream<Path> found = Files.walk(folder)) {
            List<Path> files =
                    found.filter(file -> file.toString().endsWith(".json")).toList();
            return files.stream();
        }
    }

    @Test
    void thereIsAHistoryOfEveryRunbook() throws IOException, URISyntaxException {
        assertThat(histories().map(file -> file.getFileName().toString()).distinct())
                .contains(
                        "backup.json",
                        "backup-with-files.json",
                        "backup-with-redis.json",
                        "drill-database.json",
                        "prune.json",
                        "recover-database.json",
                        "recover-database-to-a-moment.json",
                        "recover-dns.json",
                        "restore.json",
                        "restore-files.json",
                        "restore-test.json",
                        "staging-sync.json",
                        "staging-sync-of-a-backup.json",
                        "staging-sync-with-redis.json");
    }

    @ParameterizedTest
    @MethodSource("histories")
    void replaysUnderTodaysCode(Path history) throws Exception {
        replay(history, BackupWorkflowImpl.class);
    }

    @ParameterizedTest
    @MethodSource("histories")
    void replaysFromEveryPlaceWhereTheRunWaited(Path history) throws Exception {
        WorkflowExecutionHistory whole = read(history);
        for (int end = 3; end < whole.getEvents().size(); end++) {
            if (whole.getEvents().get(end - 1).hasWorkflowTaskCompletedEventAttributes()) {
                replay(
                        new WorkflowExecutionHistory(
                                whole.getHistory().toBuilder()
                                        .clearEvents()
                                        .addAllEvents(whole.getEvents().subList(0, end))
                                        .build(),
                                whole.getWorkflowExecution().getWorkflowId()),
                        BackupWorkflowImpl.class);
            }
        }
    }

    @Test
    void aChangeThatBreaksRunningRunsIsFound() throws Exception {
        Path backup = histories()
                .filter(file -> file.endsWith("backup.json"))
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> replay(backup, SleepsFirst.class)).isInstanceOf(Exception.class);
    }

    /** Today's backup with a timer in front. */
    public static final class SleepsFirst implements BackupWorkflow {
        private final BackupWorkflow today = new BackupWorkflowImpl();

        @Override
        public BackupOutcome run(BackupRequest request) {
            Workflow.sleep(Duration.ofSeconds(1));
            return today.run(request);
        }
    }

    private static WorkflowExecutionHistory read(Path file) throws IOException {
        return WorkflowExecutionHistory.fromJson(Files.readString(file));
    }

    private static void replay(Path file, Class<? extends BackupWorkflow> backup) throws Exception {
        replay(read(file), backup);
    }

    private static void replay(WorkflowExecutionHistory history, Class<? extends BackupWorkflow> backup)
            throws Exception {
        TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(PayloadJson.dataConverter())
                        .build())
                .build());
        try {
            Worker worker = temporal.newWorker("replay");
            worker.registerWorkflowImplementationTypes(
                    backup,
                    RestoreTestWorkflowImpl.class,
                    RestoreWorkflowImpl.class,
                    RestoreFilesWorkflowImpl.class,
                    PruneWorkflowImpl.class,
                    DeployWorkflowImpl.class,
                    RecoverDatabaseWorkflowImpl.class,
                    DrillDatabaseWorkflowImpl.class,
                    RecoverDnsWorkflowImpl.class,
                    StagingSyncWorkflowImpl.class,
                    LockWorkflowImpl.class);
            WorkflowReplayer.replayWorkflowExecution(history, worker);
        } finally {
            temporal.close();
        }
    }
}
