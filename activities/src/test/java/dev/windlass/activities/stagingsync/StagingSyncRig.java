package dev.windlass.activities.stagingsync;

import static dev.windlass.activities.backup.PostgresForTests.sql;
import static dev.windlass.activities.backup.PostgresForTests.value;

import dev.windlass.activities.audit.AuditActivitiesImpl;
import dev.windlass.activities.audit.AuditLog;
import dev.windlass.activities.backup.BackupActivitiesImpl;
import dev.windlass.activities.backup.BackupParts;
import dev.windlass.activities.backup.BackupPlanningActivitiesImpl;
import dev.windlass.activities.backup.GrowingDatabase;
import dev.windlass.activities.backup.PostgresConnections;
import dev.windlass.activities.backup.RedisForTests;
import dev.windlass.activities.effects.RecordedEffects;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.activities.effects.TestFiles;
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
import dev.windlass.runbooks.config.OpsFile;
import dev.windlass.runbooks.config.OpsFileReading;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.backup.BackupRequest;
import dev.windlass.workflows.backup.BackupWorkflow;
import dev.windlass.workflows.backup.BackupWorkflowImpl;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.LockWorkflowImpl;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.kernel.TaskQueues;
import dev.windlass.workflows.notify.ChannelName;
import dev.windlass.workflows.notify.NoticeOrder;
import dev.windlass.workflows.notify.NotifyActivities;
import dev.windlass.workflows.notify.PostReceipt;
import dev.windlass.workflows.stagingsync.SourceChoice;
import dev.windlass.workflows.stagingsync.StagingSyncOutcome;
import dev.windlass.workflows.stagingsync.StagingSyncPlanWorkflow;
import dev.windlass.workflows.stagingsync.StagingSyncPlanWorkflowImpl;
import dev.windlass.workflows.stagingsync.StagingSyncRequest;
import dev.windlass.workflows.stagingsync.StagingSyncWorkflow;
import dev.windlass.workflows.stagingsync.StagingSyncWorkflowImpl;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A shop, its staging, and the real workflow between them. */
final class StagingSyncRig implements AutoCloseable {
    private static final DatabaseName SHOP = new DatabaseName("shop");
    private static final DatabaseName STAGING = new DatabaseName("shop-staging");

    final ShopForSync shop = new ShopForSync();
    final Database staging = shop.server.createDatabase();
    final RecordedEffects effects = new RecordedEffects();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Path directory;
    private final Path file;
    private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(TestServers.options());
    private volatile Optional<StepId> failing = Optional.empty();
    private volatile Optional<Interruption> interruption = Optional.empty();
    private volatile Duration ahead = Duration.ZERO;

    private record Interruption(StepId step, Runnable work) {}

    private final String more;
    private final String backup;
    private final String target;

    StagingSyncRig() {
        this("");
    }

    StagingSyncRig(String more) {
        this(more, "", "");
    }

    /**
     * @param more of staging_sync in ops.yml
     * @param backup more of backup
     * @param target more of staging's database
     */
    StagingSyncRig(String more, String backup, String target) {
        this.target = target;
        this.more = more;
        this.backup = backup;
        try {
            directory = Files.createTempDirectory("windlass-sync");
            // Who runs a scratch cluster passes through.
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        file = directory.resolve("shop.yml");
        sql(server(), "CREATE ROLE staging_app LOGIN");
        classify("", "");
        BackupParts backups = parts();
        StagingSyncParts parts = new StagingSyncParts(backups, (request, id) -> Optional.empty());
        Worker runs = temporal.newWorker(TaskQueues.RUNS);
        runs.registerWorkflowImplementationTypes(
                StagingSyncWorkflowImpl.class, BackupWorkflowImpl.class, LockWorkflowImpl.class);
        runs.registerActivitiesImplementations(
                new RewritingTwice(new StagingSyncActivitiesImpl(parts)),
                new BackupActivitiesImpl(backups),
                new Listening(),
                new AuditActivitiesImpl(new AuditLog(directory.resolve("state"), Clock.systemUTC())));
        Worker planning = temporal.newWorker(TaskQueues.PLANNING);
        planning.registerWorkflowImplementationTypes(StagingSyncPlanWorkflowImpl.class);
        planning.registerActivitiesImplementations(
                new StagingSyncPlanningActivitiesImpl(parts), new BackupPlanningActivitiesImpl(backups));
        temporal.start();
    }

    private BackupParts parts() {
        Operations operations = operations();
        Secrets secrets = new EnvironmentSecrets(Map.of("REDIS_OF_TESTS", RedisForTests.PASSWORD));
        AgeSealedFiles sealedFiles = new AgeSealedFiles(secrets);
        return new BackupParts(
                operations,
                new CommandShell(Launchers.detect(), secrets, sealedFiles),
                sealedFiles,
                new ConfiguredObjectStores(operations, secrets),
                new SetIdentities(Path.of(operations.state())),
                new PostgresConnections(secrets),
                this::begun,
                clock());
    }

    private void begun(StepToken token, Effect effect) {
        interruption.filter(one -> one.step().equals(token.step())).ifPresent(one -> {
            interruption = Optional.empty();
            one.work().run();
        });
        if (failing.filter(token.step()::equals).isPresent()) {
            failing = Optional.empty();
            throw new Failure(FailureType.PRECONDITION, "broken by the test", "nothing", "staging-sync.md#swapped")
                    .asException();
        }
        effects.begun(token, effect);
    }

    private Operations operations() {
        String server = ", host: " + shop.source.host() + ", user: postgres, tools: " + shop.server.tools();
        try {
            Path ops = Files.writeString(
                    directory.resolve("ops.yml"),
                    String.join(
                            "\n",
                            "version: 1",
                            "team: Test",
                            "state: " + directory.resolve("state"),
                            "databases:",
                            "  shop: {database: " + shop.source.database() + ", environment: production" + server
                                    + ", staging_sync: {classification: " + file + ", target: shop-staging" + more
                                    + "}}",
                            "  shop-staging: {database: " + staging.database() + ", environment: staging" + server
                                    + target + "}",
                            "backup:",
                            "  recipients: [age1u0nfwjeetx8lezqw8dg7uh9qyawk80a7snam30eyzl4zctjyp5dqh99r0y]",
                            "  databases: [shop]",
                            "  directory: " + directory.resolve("backups"),
                            "  scratch: {directory: " + directory.resolve("scratch") + ", amcheck: off}",
                            "  " + backup,
                            ""));
            return switch (OpsFile.read(ops)) {
                case OpsFileReading.Accepted accepted -> accepted.operations();
                case OpsFileReading.Refused refused -> throw new AssertionError(refused.text());
            };
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The file that the worker reads. */
    void classify(String replaced, String with) {
        try {
            Files.writeString(file, shop.classificationText(replaced, with));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    void changeClassification(String replaced, String with) {
        try {
            Files.writeString(file, Files.readString(file).replace(replaced, with));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    Database server() {
        return GrowingDatabase.named(staging, "postgres");
    }

    Database named(String database) {
        return GrowingDatabase.named(staging, database);
    }

    Database asTheApp() {
        return new Database(
                STAGING,
                staging.database(),
                "staging",
                staging.host(),
                staging.port(),
                "staging_app",
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** Staging as it was, and nothing of earlier tests. */
    void newStaging() {
        for (String each : databases()) {
            if (each.contains("_replaced_") || each.equals(staging.database())) {
                sql(server(), "DROP DATABASE IF EXISTS \"" + each + "\" WITH (FORCE)");
            }
        }
        sql(
                server(),
                "CREATE DATABASE " + staging.database() + " OWNER staging_app CONNECTION LIMIT 17",
                "ALTER DATABASE " + staging.database() + " SET statement_timeout = '7s'");
        sql(staging, "CREATE TABLE public.old AS SELECT 'as it was'::text AS words");
    }

    List<String> databases() {
        return List.of(value(server(), "SELECT string_agg(datname, ',' ORDER BY datname) FROM pg_database")
                .split(","));
    }

    /** Copies that did not become staging, and definitions that were not removed. */
    List<String> leftBehind() {
        List<String> left = new CopyOnWriteArrayList<>(databases().stream()
                .filter(name -> name.startsWith("windlass-"))
                .toList());
        Path definitions = directory.resolve("state/staging-sync");
        if (Files.exists(definitions)) {
            try (var files = Files.list(definitions)) {
                files.map(Path::toString).forEach(left::add);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
        return left;
    }

    void failAt(StepId step) {
        failing = Optional.of(step);
    }

    /** @param work that is done when the step first does anything */
    void interruptAt(StepId step, Runnable work) {
        interruption = Optional.of(new Interruption(step, work));
    }

    /** @return the proven set */
    SetId backUp(String id) {
        return temporal.getWorkflowClient()
                .newWorkflowStub(
                        BackupWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(TaskQueues.RUNS)
                                .setWorkflowId(id)
                                .build())
                .run(new BackupRequest(List.of(), "test"))
                .manifest()
                .set();
    }

    /** How much later it is for the worker. */
    void letPass(Duration time) {
        ahead = time;
    }

    Path backups() {
        return directory.resolve("backups");
    }

    Path scratch() {
        return directory.resolve("scratch");
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return Instant.now().plus(ahead);
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }
        };
    }

    StagingSyncOutcome run(String id) {
        return run(id, Optional.empty());
    }

    StagingSyncOutcome run(String id, Optional<SourceChoice> from) {
        return temporal.getWorkflowClient()
                .newWorkflowStub(
                        StagingSyncWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(TaskQueues.RUNS)
                                .setWorkflowId(id)
                                .build())
                .run(new StagingSyncRequest(SHOP, request().requester(), from));
    }

    /** With its lock, which the server of the tests leaves to itself where the real one ends children with their parent. */
    void terminate(String id) {
        for (String each : List.of(id, "lock/database/" + STAGING)) {
            temporal.getWorkflowClient().newUntypedWorkflowStub(each).terminate("by the test");
        }
    }

    Plan plan() {
        return temporal.getWorkflowClient()
                .newWorkflowStub(
                        StagingSyncPlanWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(TaskQueues.PLANNING)
                                .build())
                .plan(request());
    }

    private static StagingSyncRequest request() {
        return new StagingSyncRequest(SHOP, new Requester("somebody", Optional.empty()));
    }

    String history(String id) {
        return temporal.getWorkflowClient().fetchHistory(id).toJson(true);
    }

    /** History, notices and audit log. */
    String everythingTold(String id) {
        try {
            return history(id) + told + Files.readString(directory.resolve("state/audit.jsonl"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private final class Listening implements NotifyActivities {
        @Override
        public List<ChannelName> channels() {
            return List.of(ChannelName.SLACK);
        }

        @Override
        public PostReceipt post(NoticeOrder order) {
            told.add(order.notice().headline() + "\n"
                    + String.join("\n", order.notice().lines()));
            return new PostReceipt(order.channel(), "1", PostReceipt.Delivery.POSTED);
        }
    }

    @Override
    public void close() {
        temporal.close();
        shop.close();
        TestFiles.delete(directory);
    }
}
