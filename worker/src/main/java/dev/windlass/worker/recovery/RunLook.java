package dev.windlass.worker.recovery;

import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.Progress;
import dev.windlass.workflows.recovery.RecoverVpsProgress;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** How far the run is, asked of it and of its steps. */
final class RunLook {
    private static final String LINK = "HoldLink";

    private final WorkflowClient client;
    private final WorkflowStub run;

    RunLook(WorkflowClient client, WorkflowStub run) {
        this.client = client;
        this.run = run;
    }

    /**
     * @param step what the step that runs says of itself; empty where it says nothing
     * @param trouble why its last attempt failed; empty where none did
     */
    record Seen(RecoverVpsProgress progress, Optional<Progress> step, Optional<String> trouble) {}

    /** Empty when it does not answer just now: the next look is a second away. */
    Optional<Seen> take() {
        try {
            RecoverVpsProgress progress = run.query("progress", RecoverVpsProgress.class);
            Optional<PendingActivityInfo> step = client
                    .getWorkflowServiceStubs()
                    .blockingStub()
                    .withDeadlineAfter(2, TimeUnit.SECONDS)
                    .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                            .setNamespace(client.getOptions().getNamespace())
                            .setExecution(run.getExecution())
                            .build())
                    .getPendingActivitiesList()
                    .stream()
                    .filter(each -> !each.getActivityType().getName().equals(LINK))
                    .findFirst();
            return Optional.of(new Seen(
                    progress,
                    step.flatMap(RunLook::progress),
                    step.filter(PendingActivityInfo::hasLastFailure)
                            .map(each -> each.getLastFailure().getMessage())));
        } catch (RuntimeException notNow) {
            return Optional.empty();
        }
    }

    private static Optional<Progress> progress(PendingActivityInfo step) {
        return step.hasHeartbeatDetails()
                ? Optional.of(PayloadJson.dataConverter()
                        .fromPayloads(0, Optional.of(step.getHeartbeatDetails()), Progress.class, Progress.class))
                : Optional.empty();
    }
}
