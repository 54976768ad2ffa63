package dev.windlass.activities.backup;

import dev.windlass.activities.effects.RecordedEffects;
import dev.windlass.activities.effects.TestServers;
import dev.windlass.runbooks.backup.ArchiveObservation;
import dev.windlass.runbooks.backup.DatabaseObservation;
import dev.windlass.runbooks.backup.PlanOfBackup;
import dev.windlass.runbooks.backup.RedisObservation;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.audit.AuditEvent;
import dev.windlass.workflows.backup.BackupOutcome;
import dev.windlass.workflows.backup.BackupRequest;
import dev.windlass.workflows.backup.BackupWorkflow;
import dev.windlass.workflows.backup.BackupWorkflowImpl;
import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.LockWorkflowImpl;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.PlanEquality.Executed;
import dev.windlass.workflows.kernel.RedisName;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.kernel.TaskQueues;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The real workflow over activities that record the steps they are handed. */
final class RehearsedRunbooks implements AutoCloseable {
    /** How a step fails. */
    enum Fault {
        ONCE,
        FOR_GOOD,
        /** The restored copy is not what was dumped. */
        DIFFERS
    }

    private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(TestServers.options());
    private final RecordedEffects effects = new RecordedEffects();
    private final Plan plan;
    private final RecordingActivities activities;

    RehearsedRunbooks(String... databases) {
        List<DatabaseName> names = Stream.of(databases).map(DatabaseName::new).toList();
        Operations operations = SampleOperations.of(
                Path.of("/srv/windlass"),
                List.of("age1recovery"),
                names.stream().map(RehearsedRunbooks::database).toArray(Database[]::new));
        plan = new PlanOfBackup(operations, Optional.of("postgres"))
                .plan(
                        new BackupRequest(List.of(), "test"),
                        names.stream().map(RehearsedRunbooks::seen).toList(),
                        List.of(new ArchiveObservation(
                                new ArchiveName("uploads"), List.of("/srv/uploads"), List.of(), 5, 1_000)),
                        List.of(new RedisObservation(new RedisName("queues"), "7.0.15", 7, 1_000)));
        activities = new RecordingActivities(plan, effects);
        Worker runs = temporal.newWorker(TaskQueues.RUNS);
        runs.registerWorkflowImplementationTypes(BackupWorkflowImpl.class, LockWorkflowImpl.class);
        runs.registerActivitiesImplementations(activities);
        temporal.newWorker(TaskQueues.PLANNING).registerActivitiesImplementations(new FixedPlanning(plan));
        temporal.start();
    }

    BackupOutcome backup() {
        return temporal.getWorkflowClient()
                .newWorkflowStub(
                        BackupWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(TaskQueues.RUNS)
                                .setWorkflowId("backup-test")
                                .build())
                .run(new BackupRequest(List.of(), "test"));
    }

    void fail(StepId step, Fault fault) {
        activities.fail(step, fault);
    }

    Plan plan() {
        return plan;
    }

    /** The slots that a workflow fills. */
    Slots set() {
        return Slots.of("set", activities.set().value());
    }

    List<Executed> effects() {
        return effects.all();
    }

    List<AuditEvent.Kind> audited() {
        return activities.audited();
    }

    List<String> headlines() {
        return activities.headlines();
    }

    @Override
    public void close() {
        temporal.close();
    }

    private static Database database(DatabaseName name) {
        return new Database(
                name,
                name.value(),
                "production",
                "127.0.0.1",
                5432,
                "windlass",
                Optional.empty(),
                Optional.empty(),
                List.of(new Database.SmokeQuery("it answers", "SELECT true")));
    }

    private static DatabaseObservation seen(DatabaseName name) {
        return new DatabaseObservation(
                name,
                "15.18",
                "/usr/lib/postgresql/15/bin",
                "pg_dump 15.18",
                1_000_000,
                DatabaseObservation.Role.SUPERUSER);
    }
}
