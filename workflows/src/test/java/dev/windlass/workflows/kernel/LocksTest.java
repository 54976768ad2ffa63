package dev.windlass.workflows.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 40, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LocksTest {
    private static final String QUEUE = "locks";

    /** Real time: the server may skip past the end of a run while a child of it is about to start. */
    private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder().setUseTimeskipping(false).build());

    @WorkflowInterface
    public interface Holder {
        @WorkflowMethod
        String hold(Duration time, Duration patience);
    }

    public static final class HolderImpl implements Holder {
        @Override
        public String hold(Duration time, Duration patience) {
            return Locks.holding(List.of("database/b", "database/a"), patience, () -> {
                long begun = Workflow.currentTimeMillis();
                Workflow.sleep(time);
                return begun + "-" + Workflow.currentTimeMillis();
            });
        }
    }

    @BeforeEach
    void start() {
        Worker worker = temporal.newWorker(QUEUE);
        worker.registerWorkflowImplementationTypes(HolderImpl.class, LockWorkflowImpl.class);
        temporal.start();
    }

    @AfterEach
    void stop() {
        temporal.close();
    }

    @Test
    void twoRunsNeverHoldTheSameResourceAtOnce() {
        CompletableFuture<String> one =
                WorkflowClient.execute(holder("one")::hold, Duration.ofSeconds(1), Duration.ofMinutes(1));
        CompletableFuture<String> two =
                WorkflowClient.execute(holder("two")::hold, Duration.ofSeconds(1), Duration.ofMinutes(1));
        long[] first = times(one.join());
        long[] second = times(two.join());
        assertThat(first[1] <= second[0] || second[1] <= first[0]).isTrue();
    }

    @Test
    void saysWhoseTurnItIsWhenPatienceEnds() {
        CompletableFuture<String> one =
                WorkflowClient.execute(holder("one")::hold, Duration.ofSeconds(8), Duration.ofMinutes(1));
        awaitLock();
        assertThatThrownBy(() -> holder("two").hold(Duration.ofSeconds(1), Duration.ofSeconds(3)))
                .isInstanceOf(WorkflowFailedException.class)
                .satisfies(thrown -> assertThat(Failure.in(thrown).orElseThrow().fact())
                        .isEqualTo("another run holds database/a and did not give it back within PT3S"));
        one.join();
    }

    @Test
    void locksEndWithTheirHolder() {
        holder("one").hold(Duration.ofSeconds(1), Duration.ofHours(1));
        WorkflowStub lock = temporal.getWorkflowClient().newUntypedWorkflowStub("lock/database/a");
        assertThatThrownBy(() -> lock.getResult(Void.class)).isInstanceOf(WorkflowFailedException.class);
        assertThat(lock.describe().getStatus()).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
    }

    private void awaitLock() {
        WorkflowStub lock = temporal.getWorkflowClient().newUntypedWorkflowStub("lock/database/b");
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < deadline) {
            try {
                lock.describe();
                return;
            } catch (WorkflowNotFoundException notYet) {
                Thread.onSpinWait();
            }
        }
        throw new AssertionError("the first run did not get its locks within 20 s");
    }

    private Holder holder(String id) {
        return temporal.getWorkflowClient()
                .newWorkflowStub(
                        Holder.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(QUEUE)
                                .setWorkflowId(id)
                                .build());
    }

    private static long[] times(String result) {
        String[] parts = result.split("-");
        return new long[] {Long.parseLong(parts[0]), Long.parseLong(parts[1])};
    }
}
