package dev.windlass.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.worker.testing.DevServer;
import dev.windlass.worker.testing.Eventually;
import dev.windlass.worker.testing.JavaProcess;
import dev.windlass.worker.testing.SlowWorker;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.TaskQueues;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class DrainTest {
    private static final String QUEUE = "drain-test";

    @TempDir
    private Path directory;

    private DevServer temporal;
    private WorkerFactory factory;
    private WorkflowExecution run;

    public static final class SlowWorkflowImpl implements SlowWorker.SlowWorkflow {
        @Override
        public void run() {
            Workflow.newActivityStub(
                            SlowWorker.SlowActivities.class,
                            ActivityOptions.newBuilder()
                                    .setTaskQueue(TaskQueues.RUNS)
                                    .setStartToCloseTimeout(Duration.ofHours(1))
                                    // So long that it cannot be what makes attempt 2 in this test.
                                    .setHeartbeatTimeout(Duration.ofMinutes(10))
                                    .build())
                    .sleepForEver();
        }
    }

    @BeforeEach
    void startRun() {
        temporal = DevServer.start();
        WorkflowClient client = temporal.client();
        factory = WorkerFactory.newInstance(client);
        factory.newWorker(QUEUE).registerWorkflowImplementationTypes(SlowWorkflowImpl.class);
        factory.start();
        SlowWorker.SlowWorkflow workflow = client.newWorkflowStub(
                SlowWorker.SlowWorkflow.class,
                WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build());
        run = WorkflowClient.start(workflow::run);
    }

    @AfterEach
    void stopTemporal() {
        factory.shutdownNow();
        factory.awaitTermination(10, TimeUnit.SECONDS);
        temporal.close();
    }

    @Test
    void sigtermGivesTheStepBackAtOnceAndLeavesNoProgramBehind() throws IOException, InterruptedException {
        Process worker = startWorker();
        try {
            Eventually.holds(Duration.ofSeconds(90), "the step beats", () -> beat().isPresent());
            ProcessHandle program = ProcessHandle.of(beat().orElseThrow()).orElseThrow();
            assertThat(program.isAlive()).isTrue();

            worker.destroy();

            assertThat(worker.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(worker.exitValue()).isEqualTo(143);
            assertThat(program.isAlive()).isFalse();
            assertThat(step().getAttempt()).isEqualTo(2);
            assertThat(step().getState()).isEqualTo(PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED);
        } finally {
            beat().flatMap(ProcessHandle::of).ifPresent(ProcessHandle::destroyForcibly);
            worker.destroyForcibly();
        }
    }

    private Process startWorker() throws IOException {
        return JavaProcess.start(
                SlowWorkerApplication.class, directory.resolve("worker.log").toFile(), temporal.address());
    }

    private PendingActivityInfo step() {
        return temporal.stubs()
                .blockingStub()
                .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace("default")
                        .setExecution(run)
                        .build())
                .getPendingActivities(0);
    }

    private Optional<Long> beat() {
        PendingActivityInfo step = step();
        return step.hasHeartbeatDetails()
                ? Optional.of(PayloadJson.dataConverter()
                        .fromPayloads(0, Optional.of(step.getHeartbeatDetails()), Long.class, Long.class))
                : Optional.empty();
    }
}
