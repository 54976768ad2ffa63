package dev.windlass.workflows.migrate;

import dev.windlass.workflows.approvals.Answer;
import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.approvals.Decision;
import dev.windlass.workflows.approvals.Evidence;
import dev.windlass.workflows.approvals.LateShowWorkflowImpl;
import dev.windlass.workflows.approvals.Question;
import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.approvals.QuestionView;
import dev.windlass.workflows.approvals.QuestionWorkflow;
import dev.windlass.workflows.approvals.QuestionWorkflowImpl;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.approvals.Verdict;
import dev.windlass.workflows.backup.BackupOutcome;
import dev.windlass.workflows.backup.BackupRequest;
import dev.windlass.workflows.backup.BackupWorkflow;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.LockWorkflowImpl;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.RunAttributes;
import dev.windlass.workflows.kernel.TaskQueues;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** The real workflows over a {@link FakeDatabase} and {@link People}, in real time. */
final class MigrateBench implements AutoCloseable {
    private static final String ID = "migrate-test";

    final FakeDatabase database = new FakeDatabase();
    final FakeDatabase.Planning planning;
    final People people = new People();

    private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(environment());

    /** What a backup run comes to; as it is, no set is ever any good. */
    volatile Function<BackupRequest, BackupOutcome> backup = request -> {
        throw new Failure(
                        FailureType.RESTORE_DIFFERS,
                        "backup of " + request.databases() + " for " + request.requestedBy() + " is not proven",
                        "look at it",
                        "backup.md#restore-differs")
                .asException();
    };

    MigrateBench(FakeDatabase.Planning planning) {
        this.planning = planning;
        Worker runs = temporal.newWorker(TaskQueues.RUNS);
        runs.registerWorkflowImplementationTypes(
                MigrateWorkflowImpl.class,
                MigratePlanWorkflowImpl.class,
                QuestionWorkflowImpl.class,
                LateShowWorkflowImpl.class,
                LockWorkflowImpl.class);
        runs.registerWorkflowImplementationFactory(BackupWorkflow.class, () -> request -> backup.apply(request));
        runs.registerActivitiesImplementations(database, people);
        temporal.newWorker(TaskQueues.PLANNING).registerActivitiesImplementations(planning);
        temporal.start();
    }

    static MigrateBench of(Optional<ApprovalPolicy> policy) {
        return of(policy, pending());
    }

    @SafeVarargs
    static MigrateBench of(Optional<ApprovalPolicy> policy, List<Migration>... pending) {
        return new MigrateBench(new FakeDatabase.Planning(
                policy, Optional.of(People.policy()), Duration.ofHours(1), true, List.of(pending)));
    }

    static List<Migration> pending() {
        return List.of(FakeDatabase.migration("0001_a", "4"), FakeDatabase.migration("0002_b", "5"));
    }

    private static TestEnvironmentOptions environment() {
        TestEnvironmentOptions.Builder options = TestEnvironmentOptions.newBuilder()
                // The server may skip past the end of a run that is between two attempts of an activity.
                .setUseTimeskipping(false)
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(PayloadJson.dataConverter())
                        .setIdentity("worker@test")
                        .build());
        RunAttributes.all()
                .forEach(attribute -> options.registerSearchAttribute(
                        attribute.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
        return options.build();
    }

    private static MigrateRequest request() {
        return new MigrateRequest(
                new AppName("shop"), People.PROD, new TreeSet<>(), new Requester("ana@laptop", Optional.empty()));
    }

    void provesItsBackups(SetId set, Instant snapshotAt) {
        backup = request -> ProvenBackups.of(request, set, snapshotAt);
    }

    void begin() {
        WorkflowClient.start(
                temporal.getWorkflowClient()
                        .newWorkflowStub(
                                MigrateWorkflow.class,
                                WorkflowOptions.newBuilder()
                                        .setTaskQueue(TaskQueues.RUNS)
                                        .setWorkflowId(ID)
                                        .build())::run,
                request());
    }

    MigrateOutcome migrate() {
        begin();
        return outcome();
    }

    MigrateOutcome outcome() {
        return run().getResult(MigrateOutcome.class);
    }

    PlannedMigrations plan() {
        return temporal.getWorkflowClient()
                .newWorkflowStub(
                        MigratePlanWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(TaskQueues.RUNS)
                                .setWorkflowId("plan-" + ID)
                                .build())
                .plan(request());
    }

    void cancel() {
        run().cancel();
    }

    private WorkflowStub run() {
        return temporal.getWorkflowClient().newUntypedWorkflowStub(ID);
    }

    /** The newest question, as soon as it waits. */
    Question question() {
        waitUntil(() -> !people.shown.isEmpty() && people.shown.getLast().state() == QuestionState.WAITING);
        return people.shown.getLast().question();
    }

    Question questionAfter(Question before) {
        waitUntil(() -> after(before).isPresent());
        return after(before).orElseThrow();
    }

    private Optional<Question> after(Question before) {
        return people.shown.stream()
                .map(QuestionView::question)
                .filter(question -> !question.id().equals(before.id()))
                .findFirst();
    }

    Answer decide(Question question, PersonName person, Verdict verdict) {
        return temporal.getWorkflowClient()
                .newWorkflowStub(QuestionWorkflow.class, question.id().workflowId())
                .decide(new Decision(
                        question.id(),
                        question.digest(),
                        verdict,
                        Optional.of("because"),
                        new Evidence.SshSignature(person, Instant.now(), "genuine")));
    }

    void waitUntil(BooleanSupplier condition) {
        Instant deadline = Instant.now().plusSeconds(20);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("waited 20 s in vain; done: " + database.done());
            }
            temporal.sleep(Duration.ofMillis(20));
        }
    }

    @Override
    public void close() {
        temporal.close();
    }
}
