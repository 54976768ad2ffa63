package dev.windlass.worker.health;

import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Asks Temporal for a sign of life. */
public final class TemporalProbe {
    private final WorkflowClient client;

    public TemporalProbe(WorkflowClient client) {
        this.client = client;
    }

    public sealed interface Answer {
        record Serving(String serverVersion) implements Answer {}

        /** @param reason the status code only: a description may quote what was sent */
        record Silent(String reason) implements Answer {}
    }

    public Answer ask(Duration deadline) {
        try {
            return new Answer.Serving(client.getWorkflowServiceStubs()
                    .blockingStub()
                    .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
                    .getSystemInfo(GetSystemInfoRequest.getDefaultInstance())
                    .getServerVersion());
        } catch (StatusRuntimeException silent) {
            return new Answer.Silent(silent.getStatus().getCode().name());
        }
    }

    public String address() {
        return client.getWorkflowServiceStubs().getOptions().getTarget();
    }

    String namespace() {
        return client.getOptions().getNamespace();
    }
}
