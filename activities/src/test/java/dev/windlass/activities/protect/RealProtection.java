package dev.windlass.activities.protect;

import dev.windlass.activities.audit.AuditActivitiesImpl;
import dev.windlass.activities.audit.AuditLog;
import dev.windlass.activities.backup.BackupParts;
import dev.windlass.activities.backup.PostgresConnections;
import dev.windlass.activities.backup.PostgresForTests;
import dev.windlass.activities.effects.RecordedEffects;
import dev.windlass.activities.effects.TestFiles;
import dev.windlass.activities.effects.TestServers;
import dev.windlass.activities.recovery.DrillActivitiesImpl;
import dev.windlass.activities.recovery.DrillPlanningActivitiesImpl;
import dev.windlass.activities.recovery.RecoveryActivitiesImpl;
import dev.windlass.activities.recovery.RecoveryParts;
import dev.windlass.activities.recovery.RecoveryPlanningActivitiesImpl;
import dev.windlass.activities.sealing.AgeSealedFiles;
import dev.windlass.activities.sealing.SetIdentities;
import dev.windlass.activities.shell.CommandShell;
import dev.windlass.activities.shell.EnvironmentSecrets;
import dev.windlass.activities.shell.Launchers;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.activities.storage.ConfiguredObjectStores;
import dev.windlass.activities.storage.R2;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.OpsFile;
import dev.windlass.runbooks.config.OpsFileReading;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.kernel.LockWorkflowImpl;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.TaskQueues;
import dev.windlass.workflows.notify.ChannelName;
import dev.windlass.workflows.notify.NoticeOrder;
import dev.windlass.workflows.notify.NotifyActivities;
import dev.windlass.workflows.notify.PostReceipt;
import dev.windlass.workflows.protect.BackupKind;
import dev.windlass.workflows.protect.PhysicalBackupOutcome;
import dev.windlass.workflows.protect.PhysicalBackupRequest;
import dev.windlass.workflows.protect.PhysicalBackupWorkflow;
import dev.windlass.workflows.protect.PhysicalBackupWorkflowImpl;
import dev.windlass.workflows.protect.ProtectPlan;
import dev.windlass.workflows.protect.ProtectPlanWorkflowImpl;
import dev.windlass.workflows.protect.ProtectRequest;
import dev.windlass.workflows.protect.ProtectWorkflow;
import dev.windlass.workflows.protect.ProtectWorkflowImpl;
import dev.windlass.workflows.protect.ProtectionStatusWorkflowImpl;
import dev.windlass.workflows.protect.StructureCheckWorkflowImpl;
import dev.windlass.workflows.recovery.DrillDatabasePlanWorkflowImpl;
import dev.windlass.workflows.recovery.DrillDatabaseWorkflowImpl;
import dev.windlass.workflows.recovery.DrillPlan;
import dev.windlass.workflows.recovery.RecoverDatabasePlanWorkflowImpl;
import dev.windlass.workflows.recovery.RecoverDatabaseWorkflowImpl;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The real workflows and activities over PostgreSQL, pgBackRest and the R2 double; only Temporal is the in-JVM server. */
public final class RealProtection implements AutoCloseable {
    static final ClusterName MAIN = new ClusterName("main");
    public static final String SECRET = "windlass-testbed-secret";
    public static final String PASSPHRASE = "a passphrase & more of \\ it";

    final ProtectedCluster cluster = ProtectedCluster.start();
    final RecordedEffects effects = new RecordedEffects();
    final Path directory = Files.createTempDirectory("windlass-protect");
    public final R2 r2;
    private final String stanza;
    private final String archiveTimeout;
    Optional<Instant> lastDrill = Optional.empty();
    private TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(TestServers.options());

    RealProtection() throws IOException, InterruptedException {
        this("main");
    }

    /** @param stanza pgBackRest's locks are the machine's, so tests that run side by side have different ones */
    public RealProtection(String stanza) throws IOException, InterruptedException {
        this(stanza, "60s");
    }

    RealProtection(String stanza, String archiveTimeout) throws IOException, InterruptedException {
        this.stanza = stanza;
        this.archiveTimeout = archiveTimeout;
        // The cluster's owner passes through, to its configuration and to the bucket's certificate.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path bucket = Files.createDirectory(directory.resolve("r2"));
        Files.setPosixFilePermissions(bucket, PosixFilePermissions.fromString("rwxr-xr-x"));
        r2 = R2.start(bucket);
        use(r2.endpoint().replace("127.0.0.1", "localhost"), SECRET, PASSPHRASE);
    }

    Path configurations() {
        return directory.resolve("pgbackrest");
    }

    Path scratch() {
        return directory.resolve("scratch");
    }

    Path configuration() {
        return configurations().resolve("main.conf");
    }

    private Path passphraseFile() {
        return directory.resolve("passphrase");
    }

    /** Another ops.yml, as after a change and a restart of the worker. */
    void use(String endpoint, String secret, String passphrase) throws IOException {
        Path file = directory.resolve("ops.yml");
        Files.writeString(file, opsFile(endpoint));
        Operations operations = switch (OpsFile.read(file)) {
            case OpsFileReading.Accepted accepted -> accepted.operations();
            case OpsFileReading.Refused refused -> throw new AssertionError(refused.text());
        };
        Files.writeString(passphraseFile(), passphrase);
        Files.setPosixFilePermissions(passphraseFile(), PosixFilePermissions.fromString("rw-------"));
        Secrets secrets = new EnvironmentSecrets(Map.of("R2_KEY", "windlass-testbed", "R2_SECRET", secret));
        temporal.close();
        temporal = TestWorkflowEnvironment.newInstance(TestServers.options());
        register(new ProtectParts(
                parts(operations, secrets), secrets, (request, id) -> Optional.empty(), database -> lastDrill));
        temporal.start();
    }

    private String opsFile(String endpoint) {
        return String.join(
                "\n",
                "version: 1",
                "team: Test",
                "state: " + directory.resolve("state"),
                "databases:",
                "  cluster: {database: postgres, host: " + cluster.socket() + ", user: postgres, tools: "
                        + cluster.database().tools().orElseThrow() + "}",
                "  shop: {database: shop, host: " + cluster.socket() + ", user: postgres}",
                "stores:",
                "  offsite:",
                "    kind: r2",
                "    endpoint: " + endpoint,
                "    bucket: " + R2.BUCKET,
                "    prefix: team/",
                "    access_key_id: env:R2_KEY",
                "    secret_access_key: env:R2_SECRET",
                "    certificate_authority: " + r2.authority(),
                "backup:",
                "  directory: " + directory.resolve("backups"),
                "  recipients: [age1u0nfwjeetx8lezqw8dg7uh9qyawk80a7snam30eyzl4zctjyp5dqh99r0y]",
                "  scratch: {directory: " + scratch() + "}",
                "clusters:",
                "  main:",
                "    database: cluster",
                "    data_directory: " + cluster.data(),
                "    owner: " + cluster.owner(),
                "    stanza: " + stanza,
                "    store: offsite",
                "    passphrase: file:" + passphraseFile(),
                "    configuration: " + configuration(),
                "    keep_fulls: 1",
                "    archive_timeout: " + archiveTimeout,
                "    restart: [" + String.join(", ", cluster.restart()) + "]",
                "");
    }

    private BackupParts parts(Operations operations, Secrets secrets) {
        AgeSealedFiles sealedFiles = new AgeSealedFiles(secrets);
        return new BackupParts(
                operations,
                new CommandShell(Launchers.detect(), secrets, sealedFiles),
                sealedFiles,
                new ConfiguredObjectStores(operations, secrets),
                new SetIdentities(Path.of(operations.state())),
                new PostgresConnections(secrets),
                effects,
                Clock.systemUTC());
    }

    private void register(ProtectParts parts) {
        Worker runs = temporal.newWorker(TaskQueues.RUNS);
        runs.registerWorkflowImplementationTypes(
                ProtectWorkflowImpl.class,
                PhysicalBackupWorkflowImpl.class,
                StructureCheckWorkflowImpl.class,
                RecoverDatabaseWorkflowImpl.class,
                DrillDatabaseWorkflowImpl.class,
                LockWorkflowImpl.class);
        RecoveryParts recovery = new RecoveryParts(parts.backup(), (request, id) -> Optional.empty());
        runs.registerActivitiesImplementations(
                new ProtectActivitiesImpl(parts),
                new RecoveryActivitiesImpl(recovery),
                new DrillActivitiesImpl(recovery),
                new NobodyIsTold(),
                new AuditActivitiesImpl(new AuditLog(Path.of(parts.operations().state()), Clock.systemUTC())));
        Worker planning = temporal.newWorker(TaskQueues.PLANNING);
        planning.registerWorkflowImplementationTypes(
                ProtectPlanWorkflowImpl.class,
                ProtectionStatusWorkflowImpl.class,
                RecoverDatabasePlanWorkflowImpl.class,
                DrillDatabasePlanWorkflowImpl.class);
        planning.registerActivitiesImplementations(
                new ProtectPlanningActivitiesImpl(parts),
                new RecoveryPlanningActivitiesImpl(recovery),
                new DrillPlanningActivitiesImpl(recovery));
    }

    <W> W start(Class<W> workflow, String id, String queue) {
        return temporal.getWorkflowClient()
                .newWorkflowStub(
                        workflow,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(queue)
                                .setWorkflowId(id)
                                .build());
    }

    static ProtectRequest request(String... accepted) {
        return new ProtectRequest(MAIN, new TreeSet<>(List.of(accepted)), new Requester("test", Optional.empty()));
    }

    /** A stanza, a full backup, and a server that archives. */
    public void protect() {
        start(ProtectWorkflow.class, "protect", TaskQueues.RUNS).run(request(ProtectRequest.RESTART));
    }

    public PhysicalBackupOutcome backUp(String id, BackupKind kind) {
        return start(PhysicalBackupWorkflow.class, id, TaskQueues.RUNS)
                .run(new PhysicalBackupRequest(MAIN, kind, "test"));
    }

    /** The plan that the run carried out: the last one it made, under the lock. */
    Plan planOf(String id) {
        return last(id, "\"restartWith\"", ProtectPlan.class).plan();
    }

    /** The plan that the drill carried out: the one for the moment it has found. */
    Plan drillPlanOf(String id) {
        return last(id, "\"preparedTransactions\"", DrillPlan.class).plan();
    }

    private <P> P last(String id, String key, Class<P> type) {
        return temporal.getWorkflowClient().fetchHistory(id).getEvents().stream()
                .filter(HistoryEvent::hasActivityTaskCompletedEventAttributes)
                .map(event -> event.getActivityTaskCompletedEventAttributes().getResult())
                .filter(result -> result.getPayloadsList().stream()
                        .anyMatch(payload -> payload.getData().toStringUtf8().contains(key)))
                .reduce((earlier, later) -> later)
                .map(result -> PayloadJson.dataConverter().fromPayloads(0, Optional.of(result), type, type))
                .orElseThrow();
    }

    String history(String id) {
        return temporal.getWorkflowClient().fetchHistory(id).toJson(true);
    }

    public String value(String query) {
        return PostgresForTests.value(cluster.database(), query);
    }

    public void sql(String... statements) {
        PostgresForTests.sql(cluster.database(), statements);
    }

    @Override
    public void close() throws IOException {
        temporal.close();
        cluster.close();
        r2.close();
        TestFiles.delete(directory);
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
