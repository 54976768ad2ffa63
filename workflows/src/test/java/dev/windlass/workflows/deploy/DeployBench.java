package dev.windlass.workflows.deploy;

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
import dev.windlass.workflows.approvals.Refusal;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.approvals.Verdict;
import dev.windlass.workflows.backup.BackupWorkflow;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.deploy.DeployRequest.Migrating;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.LockWorkflowImpl;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.RunAttributes;
import dev.windlass.workflows.kernel.TaskQueues;
import dev.windlass.workflows.migrate.ProvenBackups;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** The real workflows over {@link DeployFakes}, in real time. */
final class DeployBench implements AutoCloseable {
    private static final String ID = "deploy-test";

    private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(environment());
    private final DeployFakes fakes;
    private final Migrating migrating;

    /** Of the backup that a migration makes. */
    static final SetId FRESH = new SetId("20261125T040000Z-0c0ffee0");

    DeployBench(DeployFakes fakes, DeployPlan... plans) {
        this(fakes, Optional.of(DeployFakes.policy(Duration.ofDays(7))), plans);
    }

    /** @param resuming who may say how a parked run goes on */
    DeployBench(DeployFakes fakes, Optional<ApprovalPolicy> resuming, DeployPlan... plans) {
        this(fakes, resuming, Optional.empty(), plans);
    }

    /** A run that migrates as well. */
    DeployBench(DeployFakes fakes, MigratingFakes migrations, DeployPlan... plans) {
        this(fakes, Optional.of(DeployFakes.policy(Duration.ofDays(7))), Optional.of(migrations), plans);
    }

    private DeployBench(
            DeployFakes fakes,
            Optional<ApprovalPolicy> resuming,
            Optional<MigratingFakes> migrations,
            DeployPlan... plans) {
        this.fakes = fakes;
        this.migrating = migrations.isPresent() ? Migrating.FIRST : Migrating.LEFT_ALONE;
        Worker runs = temporal.newWorker(TaskQueues.RUNS);
        runs.registerWorkflowImplementationTypes(
                DeployWorkflowImpl.class,
                MigratingDeployPlanWorkflowImpl.class,
                QuestionWorkflowImpl.class,
                LateShowWorkflowImpl.class,
                LockWorkflowImpl.class);
        runs.registerWorkflowImplementationFactory(
                BackupWorkflow.class, () -> request -> ProvenBackups.of(request, FRESH, Instant.EPOCH));
        runs.registerActivitiesImplementations(fakes);
        DeployFakes.Planning planning = new DeployFakes.Planning(resuming, plans);
        Worker looking = temporal.newWorker(TaskQueues.PLANNING);
        looking.registerActivitiesImplementations(planning);
        migrations.ifPresent(fake -> {
            runs.registerActivitiesImplementations(fake);
            looking.registerActivitiesImplementations(fake.looking(), fake.planning(planning));
        });
        temporal.start();
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

    DeployOutcome deploy() {
        begin();
        return outcome();
    }

    void begin() {
        DeployWorkflow workflow = temporal.getWorkflowClient()
                .newWorkflowStub(
                        DeployWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(TaskQueues.RUNS)
                                .setWorkflowId(ID)
                                .build());
        WorkflowClient.start(workflow::run, request());
    }

    private DeployRequest request() {
        return new DeployRequest(
                new AppName("shop"),
                DeployFakes.PROD,
                new Version("v2"),
                new Requester("ana@laptop", Optional.empty()),
                new TreeSet<>(),
                migrating);
    }

    /** Only with migrations. */
    MigratingDeployPlan plan() {
        return temporal.getWorkflowClient()
                .newWorkflowStub(
                        MigratingDeployPlanWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(TaskQueues.RUNS)
                                .setWorkflowId("plan-" + ID)
                                .build())
                .plan(request());
    }

    boolean isRunning(String workflowId) {
        return temporal.getWorkflowClient()
                        .getWorkflowServiceStubs()
                        .blockingStub()
                        .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                                .setNamespace(temporal.getNamespace())
                                .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                                .build())
                        .getWorkflowExecutionInfo()
                        .getStatus()
                == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    }

    DeployOutcome outcome() {
        return run().getResult(DeployOutcome.class);
    }

    /** As stored histories are. */
    String history() {
        return temporal.getWorkflowClient().fetchHistory(ID).toJson(true);
    }

    void cancel() {
        run().cancel();
    }

    private WorkflowStub run() {
        return temporal.getWorkflowClient().newUntypedWorkflowStub(ID);
    }

    /** The newest question, as soon as it is shown in this state. */
    Question question(QuestionState state) {
        waitUntil(() -> !fakes.shown().isEmpty() && fakes.shown().getLast().state() == state);
        return fakes.shown().getLast().question();
    }

    Question questionAfter(Question before) {
        waitUntil(() -> after(before).isPresent());
        return after(before).orElseThrow();
    }

    private Optional<Question> after(Question before) {
        return fakes.shown().stream()
                .map(QuestionView::question)
                .filter(question -> !question.id().equals(before.id()))
                .findFirst();
    }

    Answer decide(Question question, PersonName person, Verdict verdict) {
        return decide(question, person, verdict, "genuine");
    }

    /** A question that is closed refuses by its validator, or is not there any more. */
    Answer decide(Question question, PersonName person, Verdict verdict, String signature) {
        try {
            return temporal.getWorkflowClient()
                    .newWorkflowStub(QuestionWorkflow.class, question.id().workflowId())
                    .decide(new Decision(
                            question.id(),
                            question.digest(),
                            verdict,
                            Optional.of("because"),
                            new Evidence.SshSignature(person, Instant.now(), signature)));
        } catch (WorkflowUpdateException | WorkflowServiceException | WorkflowNotFoundException refused) {
            return new Answer.Refused(Refusal.DECIDED, String.valueOf(refused.getMessage()));
        }
    }

    void waitUntil(BooleanSupplier condition) {
        Instant deadline = Instant.now().plusSeconds(20);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("waited 20 s in vain; done: " + fakes.done() + ", shown: "
                        + fakes.shown().stream().map(QuestionView::state).toList());
            }
            temporal.sleep(Duration.ofMillis(20));
        }
    }

    @Override
    public void close() {
        temporal.close();
    }
}
