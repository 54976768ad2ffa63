package dev.windlass.workflows.approvals;

import dev.windlass.workflows.audit.AuditActivities;
import dev.windlass.workflows.audit.AuditEvent;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.RunAttributes;
import dev.windlass.workflows.kernel.TaskQueues;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A run that asks, in a Temporal that can skip time, with a board and an audit log that remember. */
final class AskingRig implements AutoCloseable {
    final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(environment());
    final Board board = new Board();
    final List<AuditEvent> log = new CopyOnWriteArrayList<>();
    /** The next entry is refused for good, as by a chain that is broken. */
    final AtomicBoolean refusing = new AtomicBoolean();

    final Decisions decisions = new Decisions(temporal.getWorkflowClient(), "cli");

    /** Opens a review for a broken glass, as a deploy does. */
    @WorkflowInterface
    public interface Asking {
        @WorkflowMethod(name = "Asking")
        Closing run(Question question);
    }

    public static final class AskingImpl implements Asking {
        @Override
        public Closing run(Question question) {
            Closing closing = Questions.ask(question);
            closing.brokenGlass().ifPresent(breaker -> Questions.review(closing));
            return closing;
        }
    }

    /** Believes every SSH signature, and remembers what it showed. */
    static final class Board implements ApprovalActivities {
        final List<QuestionView> shown = new CopyOnWriteArrayList<>();
        volatile boolean isDown;

        @Override
        public Verification verify(VerifyOrder order) {
            return order.decision().evidence() instanceof Evidence.SshSignature ssh
                            && ssh.signature().startsWith("signature of ")
                    ? new Verification.Genuine(ssh.person())
                    : new Verification.Worthless(Refusal.BAD_EVIDENCE, "forged");
        }

        @Override
        public List<Posting> show(ShowOrder order) {
            if (isDown) {
                throw new IllegalStateException("the board is down");
            }
            shown.add(order.view());
            return List.of(new Posting("slack", "C1", "17.1"));
        }

        List<QuestionState> states() {
            return shown.stream().map(QuestionView::state).toList();
        }
    }

    AskingRig() {
        Worker worker = temporal.newWorker(TaskQueues.RUNS);
        worker.registerWorkflowImplementationTypes(
                AskingImpl.class, QuestionWorkflowImpl.class, LateShowWorkflowImpl.class, RefusalWorkflowImpl.class);
        worker.registerActivitiesImplementations(board, (AuditActivities) this::write);
        temporal.start();
    }

    private void write(AuditEvent event) {
        if (refusing.getAndSet(false)) {
            throw new Failure(FailureType.PRECONDITION, "the audit log is broken", "mend it", "audit.md#broken-chain")
                    .asException();
        }
        log.add(event);
    }

    static TestEnvironmentOptions environment() {
        TestEnvironmentOptions.Builder options = TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(PayloadJson.dataConverter())
                        .build());
        RunAttributes.all()
                .forEach(attribute -> options.registerSearchAttribute(
                        attribute.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
        return options.build();
    }

    /** Starts a run and waits until its question waits. */
    WorkflowStub ask(Question question) {
        Asking asking = temporal.getWorkflowClient()
                .newWorkflowStub(
                        Asking.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(TaskQueues.RUNS)
                                .setWorkflowId("deploy/shop/prod")
                                .build());
        WorkflowClient.start(asking::run, question);
        // Its first entry: asking by queries would keep the server busy.
        await(() -> !log.isEmpty());
        return WorkflowStub.fromTyped(asking);
    }

    /** Once its question is at rest: on the test server, an Update beside an activity that ends was seen to hang. */
    Answer answer(Decision decision) {
        if (!board.isDown) {
            rest(decision.approval().workflowId());
        }
        return decisions.decide(
                decision, decision.verdict() + "/" + decision.evidence().hashCode());
    }

    /** Once the run and its question are at rest: a cancellation beside an activity that ends was seen to be lost as well. */
    void cancel(WorkflowStub run) {
        rest(SampleQuestions.ID.workflowId());
        rest(run.getExecution().getWorkflowId());
        run.cancel();
    }

    private void rest(String workflowId) {
        try {
            await(() -> isAtRest(
                    temporal.getWorkflowClient().fetchHistory(workflowId).getEvents()));
        } catch (StatusRuntimeException | WorkflowNotFoundException none) {
            // A question that never was does not move.
            return;
        }
    }

    private static boolean isAtRest(List<HistoryEvent> events) {
        long begun = events.stream()
                .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED
                        || event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
                .count();
        long done = events.stream()
                .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED
                        || event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED)
                .count();
        return begun == done || events.getLast().getEventType().name().startsWith("EVENT_TYPE_WORKFLOW_EXECUTION_C");
    }

    QuestionState state() {
        return decisions.view(SampleQuestions.ID).orElseThrow().state();
    }

    List<String> logged() {
        return log.stream()
                .map(event -> event.kind() + " " + event.actor() + " " + event.what())
                .toList();
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it did not become so within 30 s");
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Override
    public void close() {
        temporal.close();
    }
}
