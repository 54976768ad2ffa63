package dev.windlass.activities.backup;

import dev.windlass.activities.audit.AuditActivitiesImpl;
import dev.windlass.activities.audit.AuditLog;
import dev.windlass.activities.effects.RecordedEffects;
import dev.windlass.activities.effects.TestServers;
import dev.windlass.activities.sealing.AgeSealedFiles;
import dev.windlass.activities.sealing.SetIdentities;
import dev.windlass.activities.shell.CommandShell;
import dev.windlass.activities.shell.EnvironmentSecrets;
import dev.windlass.activities.shell.Launchers;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.activities.storage.ConfiguredObjectStores;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.backup.BackupWorkflowImpl;
import dev.windlass.workflows.backup.PruneWorkflowImpl;
import dev.windlass.workflows.backup.RestoreFilesWorkflowImpl;
import dev.windlass.workflows.backup.RestoreTestWorkflowImpl;
import dev.windlass.workflows.backup.RestoreWorkflowImpl;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.LockWorkflowImpl;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.TaskQueues;
import dev.windlass.workflows.notify.ChannelName;
import dev.windlass.workflows.notify.NoticeOrder;
import dev.windlass.workflows.notify.NotifyActivities;
import dev.windlass.workflows.notify.PostReceipt;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The real workflows over the real activities: PostgreSQL, pg_dump, age, files. Only Temporal is the in-JVM server. */
public final class RealRunbooks implements AutoCloseable {
    public final PostgresForTests postgres = PostgresForTests.start();
    public final Database database = postgres.createDatabase();
    final RecordedEffects effects = new RecordedEffects();
    final BackupPlanningActivitiesImpl planning;
    final RedisForTests redis;
    private final Path directory;
    private final TestWorkflowEnvironment temporal;
    private final BackupParts parts;

    public RealRunbooks() {
        try {
            directory = Files.createTempDirectory("windlass-run");
            // The scratch cluster's user passes through.
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        SampleFiles.make(directory.resolve("uploads"));
        redis = RedisForTests.start(directory);
        SetIdentities recovery = new SetIdentities(directory.resolve("laptop"));
        String recipient = recovery.ensure(new SetId("20000101T000000Z-00000000"));
        Operations operations = SampleOperations.of(directory, List.of(recipient), database);
        Secrets secrets = new EnvironmentSecrets(Map.of("REDIS_PASSWORD", RedisForTests.PASSWORD));
        AgeSealedFiles sealedFiles = new AgeSealedFiles(secrets);
        parts = new BackupParts(
                operations,
                new CommandShell(Launchers.detect(), secrets, sealedFiles),
                sealedFiles,
                new ConfiguredObjectStores(operations, secrets),
                new SetIdentities(Path.of(operations.state())),
                new PostgresConnections(secrets),
                effects,
                Clock.systemUTC());
        planning = new BackupPlanningActivitiesImpl(parts);
        temporal = TestWorkflowEnvironment.newInstance(TestServers.options());
        Worker runs = temporal.newWorker(TaskQueues.RUNS);
        runs.registerWorkflowImplementationTypes(
                BackupWorkflowImpl.class,
                RestoreTestWorkflowImpl.class,
                RestoreWorkflowImpl.class,
                RestoreFilesWorkflowImpl.class,
                PruneWorkflowImpl.class,
                LockWorkflowImpl.class);
        runs.registerActivitiesImplementations(
                new BackupActivitiesImpl(parts),
                new NobodyIsTold(),
                new AuditActivitiesImpl(new AuditLog(Path.of(operations.state()), Clock.systemUTC())));
        temporal.newWorker(TaskQueues.PLANNING).registerActivitiesImplementations(planning);
        temporal.start();
    }

    public Path directory() {
        return directory;
    }

    public BackupParts parts() {
        return parts;
    }

    SetIdentities identities() {
        return parts.identities();
    }

    public <W> W start(Class<W> workflow, String id) {
        return temporal.getWorkflowClient()
                .newWorkflowStub(
                        workflow,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(TaskQueues.RUNS)
                                .setWorkflowId(id)
                                .build());
    }

    /** As stored histories are: JSON, for the replay test. */
    String history(String id) {
        return temporal.getWorkflowClient().fetchHistory(id).toJson(true);
    }

    /** The plan that a run was made from, out of its history. */
    Plan planOf(String id, Class<?> result) {
        return Histories.plan(temporal.getWorkflowClient().fetchHistory(id), result);
    }

    @Override
    public void close() {
        temporal.close();
        postgres.close();
        redis.close();
        FolderRemoval.remove(directory);
    }

    private static final class NobodyIsTold implements NotifyActivities {
        @Override
        public List<ChannelName> channels() {
            return List.of();
        }

        @Override
        public PostReceipt post(NoticeOrder order) {
            throw new AssertionError("there is no channel: " + order.notice().headline());
        }
    }
}
