package dev.windlass.worker.health;

import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.client.WorkflowClient;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether Temporal answers now. Temporal's own starter has no such check. */
final class TemporalHealth implements HealthIndicator {
    private static final long DEADLINE_MILLIS = 2_000;

    private final WorkflowClient client;
    private final String address;

    TemporalHealth(WorkflowClient client, String address) {
        this.client = client;
        this.address = address;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.unknown().withDetail("address", address).withDetail("namespace", namespace());
        try {
            String version = client.getWorkflowServiceStubs()
                    .blockingStub()
                    .withDeadlineAfter(DEADLINE_MILLIS, TimeUnit.MILLISECONDS)
                    .getSystemInfo(GetSystemInfoRequest.getDefaultInstance())
                    .getServerVersion();
            return health.up().withDetail("server", version).build();
        } catch (StatusRuntimeException silent) {
            // The code only: a description may quote what was sent.
            return health.down()
                    .withDetail("answer", silent.getStatus().getCode().name())
                    .build();
        }
    }

    private String namespace() {
        return client.getOptions().getNamespace();
    }
}
