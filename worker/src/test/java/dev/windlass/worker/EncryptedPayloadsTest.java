package dev.windlass.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.worker.schedules.ScheduleReconciler;
import dev.windlass.worker.testing.DevServer;
import dev.windlass.worker.testing.Eventually;
import dev.windlass.worker.testing.Http;
import dev.windlass.worker.testing.SampleOperations;
import dev.windlass.workflows.kernel.LockRequest;
import dev.windlass.workflows.kernel.LockWorkflow;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.PayloadKeys;
import dev.windlass.workflows.kernel.RunAttributes;
import dev.windlass.workflows.kernel.TaskQueues;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.SearchAttributes;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

@Tag("integration")
class EncryptedPayloadsTest {
    private static final String KEYS = "2026:ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";

    @Test
    void temporalKeepsNoPayloadInClearTextAndFindsRunsByTheirAttributes() {
        try (DevServer temporal = DevServer.start();
                ConfigurableApplicationContext worker = WorkerApplication.start(
                        SampleOperations.with(temporal.address()),
                        new String[] {"--server.port=0", "--" + PayloadKeys.VARIABLE + "=" + KEYS})) {
            Http http = Http.of(worker);
            Eventually.holds(
                    Duration.ofSeconds(60),
                    "the worker is ready",
                    () -> http.status("/actuator/health/readiness") == 200);
            // What it wrote to the schedules it can read again.
            worker.getBean(ScheduleReconciler.class).reconcile();

            WorkflowClient client = worker.getBean(WorkflowClient.class);
            LockWorkflow lock = client.newWorkflowStub(
                    LockWorkflow.class,
                    WorkflowOptions.newBuilder()
                            .setWorkflowId("lock/sample")
                            .setTaskQueue(TaskQueues.RUNS)
                            .setTypedSearchAttributes(SearchAttributes.newBuilder()
                                    .set(RunAttributes.APP, "shop")
                                    .build())
                            .build());
            WorkflowClient.start(lock::hold, new LockRequest("sample", "test"));
            Payload input = client.fetchHistory("lock/sample")
                    .getEvents()
                    .getFirst()
                    .getWorkflowExecutionStartedEventAttributes()
                    .getInput()
                    .getPayloads(0);
            assertThat(input.getMetadataOrThrow("encoding").toStringUtf8()).isEqualTo("binary/encrypted");
            assertThat(input.toString()).doesNotContain("sample");
            Eventually.holds(
                    Duration.ofSeconds(20),
                    "the run is found by its app",
                    () -> client.listExecutions("WindlassApp = 'shop'")
                            .findAny()
                            .isPresent());
            WorkflowStub.fromTyped(lock).terminate("the test is over");
            seesThatNobodyWithoutAKeyIsObeyed(temporal);
        }
    }

    /** As somebody would who reaches the port with a client of their own. */
    private static void seesThatNobodyWithoutAKeyIsObeyed(DevServer temporal) {
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(temporal.address())
                .build());
        try {
            WorkflowClient stranger = WorkflowClient.newInstance(
                    stubs,
                    WorkflowClientOptions.newBuilder()
                            .setDataConverter(PayloadJson.dataConverter())
                            .build());
            WorkflowStub run = stranger.newUntypedWorkflowStub(
                    "Lock",
                    WorkflowOptions.newBuilder()
                            .setWorkflowId("lock/strange")
                            .setTaskQueue(TaskQueues.RUNS)
                            .build());
            run.start(new LockRequest("strange", "a stranger"));
            Eventually.holds(
                    Duration.ofSeconds(30),
                    "its first task fails",
                    () -> stranger.fetchHistory("lock/strange").getEvents().stream()
                            .anyMatch(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED));
            assertThat(stranger.fetchHistory("lock/strange").getEvents())
                    .noneMatch(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED);
            run.terminate("the test is over");
        } finally {
            stubs.shutdownNow();
        }
    }
}
