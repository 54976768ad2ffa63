package dev.windlass.workflows.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.workflows.audit.AuditActivities;
import dev.windlass.workflows.audit.AuditEvent;
import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.LockWorkflowImpl;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.kernel.RunAttributes;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.TaskQueues;
import dev.windlass.workflows.notify.ChannelName;
import dev.windlass.workflows.notify.NoticeOrder;
import dev.windlass.workflows.notify.NotifyActivities;
import dev.windlass.workflows.notify.PostReceipt;
import dev.windlass.workflows.recovery.CopySource.PointInTime;
import dev.windlass.workflows.recovery.CopySource.Replay;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DrillDatabaseWorkflowTest {
    private static final Instant NOW = Instant.parse("2026-12-01T05:00:00Z");
    private static final Instant SAFE = Instant.parse("2026-12-01T05:01:30Z");
    private static final RestoredCluster RESTORED =
            new RestoredCluster(Duration.ofSeconds(30), Duration.ofSeconds(4), Duration.ofSeconds(9), 3, 1000, 9000);

    private final Fake fake = new Fake();
    private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(options());

    @AfterEach
    void close() {
        temporal.close();
    }

    @Test
    void measuresThenRestoresWhatWasSafeThenWritesTheNumbersDownAndTellsThem() {
        DrillOutcome outcome = drill();

        assertThat(fake.done)
                .containsExactly(
                        "plan for now",
                        "measure",
                        "plan for " + SAFE,
                        "restore as of " + SAFE,
                        "record 1 min 1 s",
                        "ended: database shop is back in 34 s (restore 30 s, WAL 4 s), at most 1 min 1 s of writes"
                                + " lost");
        assertThat(fake.told)
                .containsExactly("GOOD drill: database shop is back in 34 s (restore 30 s, WAL 4 s), at most"
                        + " 1 min 1 s of writes lost");
        assertThat(outcome.restored()).isEqualTo(RESTORED);
    }

    @Test
    void removesWhatIsLeftAndTellsWhenItDoesNotComeBack() {
        fake.fails = true;

        assertThatThrownBy(this::drill).hasStackTraceContaining("a segment is missing");

        assertThat(fake.done)
                .containsExactly(
                        "plan for now",
                        "measure",
                        "plan for " + SAFE,
                        "restore as of " + SAFE,
                        "clear",
                        "ended: failed: a segment is missing");
        assertThat(fake.told)
                .containsExactly("BAD DRILL FAILED: database shop was not recovered: a segment is missing");
    }

    private DrillOutcome drill() {
        Worker runs = temporal.newWorker(TaskQueues.RUNS);
        runs.registerWorkflowImplementationTypes(DrillDatabaseWorkflowImpl.class, LockWorkflowImpl.class);
        runs.registerActivitiesImplementations(fake);
        temporal.newWorker(TaskQueues.PLANNING).registerActivitiesImplementations((DrillPlanningActivities) fake::plan);
        temporal.start();
        return temporal.getWorkflowClient()
                .newWorkflowStub(
                        DrillDatabaseWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(TaskQueues.RUNS)
                                .setWorkflowId("drill")
                                .build())
                .run(new DrillRequest(new DatabaseName("shop"), "test"));
    }

    private static TestEnvironmentOptions options() {
        TestEnvironmentOptions.Builder options = TestEnvironmentOptions.newBuilder()
                // Nothing holds the lock, and time that is skipped passes the patience of who waits for one.
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

    /** A cluster that comes back, unless it is to fail, and a channel that remembers. */
    private static final class Fake implements DrillActivities, NotifyActivities, AuditActivities {
        private final List<String> done = new ArrayList<>();
        private final List<String> told = new ArrayList<>();
        private boolean fails;

        synchronized DrillPlan plan(DrillPlanOrder order) {
            done.add("plan for " + order.moment().map(Instant::toString).orElse("now"));
            Plan plan = Plan.of(
                    "drill database",
                    Sorted.of(),
                    Sorted.of(),
                    Sorted.of(),
                    List.of(
                            Step.of(DrillSteps.MEASURE, "Measure", List.of()),
                            Step.of(DrillSteps.RESTORE, "Restore", List.of())));
            return new DrillPlan(
                    plan,
                    new PointInTime(
                            new ClusterName("main"),
                            order.moment().orElse(NOW),
                            "20261129-010004F",
                            9000,
                            "/tools",
                            new Replay("postgres", 0, List.of())));
        }

        @Override
        public synchronized MeasuredLoss measureLoss(DrillOrder order) {
            done.add(order.step().id().value());
            return new MeasuredLoss(SAFE, Duration.ofSeconds(61));
        }

        @Override
        public synchronized RestoredCluster restore(DrillOrder order) {
            done.add("restore as of " + order.source().at());
            if (fails) {
                throw new Failure(FailureType.RESTORE_FAILED, "a segment is missing", "look", "drill-database.md#x")
                        .asException();
            }
            return RESTORED;
        }

        @Override
        public synchronized void clear(DrillOrder order) {
            done.add("clear");
        }

        @Override
        public synchronized void record(DrillRecord record) {
            done.add("record " + Quantities.time(record.outcome().lost()));
        }

        @Override
        public synchronized void record(AuditEvent event) {
            if (event.kind() == AuditEvent.Kind.ENDED) {
                done.add("ended: " + event.details().get("outcome"));
            }
        }

        @Override
        public List<ChannelName> channels() {
            return List.of(ChannelName.SLACK);
        }

        @Override
        public synchronized PostReceipt post(NoticeOrder order) {
            told.add(order.notice().severity() + " " + order.notice().headline());
            return new PostReceipt(order.channel(), "1", PostReceipt.Delivery.POSTED);
        }
    }
}
