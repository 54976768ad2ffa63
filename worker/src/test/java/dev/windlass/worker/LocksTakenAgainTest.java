package dev.windlass.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.worker.testing.DevServer;
import dev.windlass.workflows.kernel.LockWorkflowImpl;
import dev.windlass.workflows.kernel.Locks;
import dev.windlass.workflows.kernel.PayloadJson;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A run whose plan has changed gives its locks back, asks, and takes them again. */
@Tag("integration")
class LocksTakenAgainTest {
    private static final String QUEUE = "locks";
    private static final List<String> RESOURCES = List.of("database/shop", "staging/shop");
    private static final int TIMES = 10;

    @WorkflowInterface
    public interface TakesAgain {
        @WorkflowMethod
        int run(int times);
    }

    public static final class TakesAgainImpl implements TakesAgain {
        @Override
        public int run(int times) {
            int taken = 0;
            for (int time = 0; time < times; time++) {
                taken += Locks.holding(RESOURCES, Duration.ofMinutes(5), () -> {
                    Workflow.sleep(Duration.ofMillis(10));
                    return 1;
                });
            }
            return taken;
        }
    }

    @Test
    void asOftenAsTheyAreNeededWhoeverElseWantsThem() throws Exception {
        try (DevServer temporal = DevServer.start()) {
            WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                    .setTarget(temporal.address())
                    .build());
            WorkflowClient client = WorkflowClient.newInstance(
                    stubs,
                    WorkflowClientOptions.newBuilder()
                            .setDataConverter(PayloadJson.dataConverter())
                            .build());
            WorkerFactory factory = WorkerFactory.newInstance(client);
            Worker worker = factory.newWorker(QUEUE);
            worker.registerWorkflowImplementationTypes(TakesAgainImpl.class, LockWorkflowImpl.class);
            factory.start();
            try {
                List<WorkflowStub> runs = new ArrayList<>();
                for (String id : List.of("one", "other")) {
                    TakesAgain run = client.newWorkflowStub(
                            TakesAgain.class,
                            WorkflowOptions.newBuilder()
                                    .setWorkflowId(id)
                                    .setTaskQueue(QUEUE)
                                    .build());
                    WorkflowClient.start(run::run, TIMES);
                    runs.add(WorkflowStub.fromTyped(run));
                }
                for (WorkflowStub run : runs) {
                    assertThat(run.getResult(120, TimeUnit.SECONDS, Integer.class))
                            .isEqualTo(TIMES);
                }
            } finally {
                factory.shutdownNow();
                factory.awaitTermination(10, TimeUnit.SECONDS);
                stubs.shutdownNow();
            }
        }
    }
}
