package dev.windlass.workflows.stagingsync;

import dev.windlass.workflows.kernel.TaskQueues;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Timeouts and retries, with their reasons. */
final class StagingSyncStubs {
    private StagingSyncStubs() {}

    /** A person waits. Every mask is tried, with a minute for each at most; two attempts are for a server that just restarts. */
    static StagingSyncPlanningActivities looking(String summary) {
        return Workflow.newActivityStub(
                StagingSyncPlanningActivities.class,
                ActivityOptions.newBuilder()
                        .setTaskQueue(TaskQueues.PLANNING)
                        .setStartToCloseTimeout(Duration.ofMinutes(10))
                        .setHeartbeatTimeout(Duration.ofMinutes(2))
                        .setRetryOptions(RetryOptions.newBuilder()
                                .setInitialInterval(Duration.ofSeconds(2))
                                .setMaximumAttempts(2)
                                .build())
                        .setSummary(summary)
                        .build());
    }
}
