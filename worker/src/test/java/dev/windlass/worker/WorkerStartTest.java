package dev.windlass.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.worker.testing.DevServer;
import dev.windlass.worker.testing.Eventually;
import dev.windlass.worker.testing.Http;
import dev.windlass.worker.testing.SampleOperations;
import dev.windlass.workflows.kernel.RunAttributes;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

@Tag("integration")
class WorkerStartTest {
    private static DevServer temporal;
    private static ConfigurableApplicationContext worker;
    private static Http http;

    @BeforeAll
    static void start() {
        temporal = DevServer.start();
        worker = WorkerApplication.start(SampleOperations.with(temporal.address()), new String[] {"--server.port=0"});
        http = Http.of(worker);
        Eventually.holds(
                Duration.ofSeconds(60), "the worker is ready", () -> http.status("/actuator/health/readiness") == 200);
    }

    @AfterAll
    static void stop() {
        worker.close();
        temporal.close();
    }

    @Test
    void namesTheServerInItsHealth() {
        assertThat(http.body("/actuator/health"))
                .contains("\"temporal\"", "\"address\":\"" + temporal.address() + "\"", "\"namespace\":\"default\"")
                .contains("\"state\":\"POLLING\"");
    }

    @Test
    void showsTemporalsMetricsAndItsOwn() {
        assertThat(http.body("/actuator/prometheus"))
                .contains("temporal_request_latency_seconds_count")
                .contains("windlass_backup_last_proven_age_seconds NaN");
    }

    @Test
    void makesTheSearchAttributesKnown() {
        OperatorServiceStubs operator = OperatorServiceStubs.newServiceStubs(OperatorServiceStubsOptions.newBuilder()
                .setChannel(temporal.stubs().getRawChannel())
                .validateAndBuildWithDefaults());
        var known = operator.blockingStub()
                .listSearchAttributes(ListSearchAttributesRequest.newBuilder()
                        .setNamespace("default")
                        .build())
                .getCustomAttributesMap();
        RunAttributes.all().forEach(key -> assertThat(known).containsKey(key.getName()));
        SearchAttributes.ensure(temporal.stubs(), "default");
    }

    @Test
    void makesTheSchedules() {
        assertThat(ScheduleClient.newInstance(temporal.stubs()).listSchedules().map(each -> each.getScheduleId()))
                .contains("windlass/backup", "windlass/restore-test");
    }

    @Test
    void saysWhoItIs() {
        assertThat(worker.getBean(WorkflowClient.class).getOptions().getIdentity())
                .startsWith("windlass@");
    }

    @Test
    void hasNoCodecEndpointWithoutKeys() {
        assertThat(http.post("/codec/decode", "{}").statusCode()).isEqualTo(404);
    }
}
