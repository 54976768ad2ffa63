package dev.windlass.workflows.stagingsync;

import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.Summaries;
import dev.windlass.workflows.kernel.TaskQueues;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Timeouts and retries, with their reasons. */
final class StagingSyncStubs {
    /** A worker that is gone is noticed after this long; heartbeats come every second. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(20);

    private StagingSyncStubs() {}

    /** A person waits. Every mask is tried, with a minute for each at most; two attempts are for a server that just restarts. */
    static StagingSyncPlanningActivities looking(String summary) {
        return Workflow.newActivityStub(
                StagingSyncPlanningActivities.class,
                ActivityOptions.newBuilder()
                        .setTaskQueue(TaskQueues.PLANNING)
                        .setStartToCloseTimeout(Duration.ofMinutes(10))
                        .setHeartbeatTimeout(HEARTBEAT)
                        .setRetryOptions(retry(2, Duration.ofSeconds(10)))
                        .setSummary(summary)
                        .build());
    }

    /** A snapshot does not survive its worker, so each attempt begins anew: few, and none for what would be the same again. */
    static StagingSyncActivities copying(Step step) {
        return stub(step.title(), Duration.ofHours(12), retry(3, Duration.ofMinutes(1)));
    }

    /** Seconds, and a server that restarts may need a minute. */
    static StagingSyncActivities changing(Step step) {
        return stub(step.title(), Duration.ofMinutes(10), retry(8, Duration.ofSeconds(30)));
    }

    /** A health check may have an hour. What is wrong stays wrong: only a server that restarts is asked again. */
    static StagingSyncActivities smoking(Step step) {
        return stub(step.title(), Duration.ofHours(3), retry(5, Duration.ofSeconds(30)));
    }

    /** Nothing may stay behind: it tries for half an hour. */
    static StagingSyncActivities undoing(Step step) {
        return stub("undo: " + step.title(), Duration.ofMinutes(10), retry(30, Duration.ofMinutes(1)));
    }

    private static StagingSyncActivities stub(String summary, Duration longest, RetryOptions retry) {
        return Workflow.newActivityStub(
                StagingSyncActivities.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(longest)
                        .setHeartbeatTimeout(HEARTBEAT)
                        // What it has begun is ended before the run says that it was cancelled.
                        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
                        .setRetryOptions(retry)
                        .setSummary(Summaries.of(summary))
                        .build());
    }

    private static RetryOptions retry(int attempts, Duration longest) {
        return RetryOptions.newBuilder()
                .setInitialInterval(Duration.ofSeconds(1))
                .setBackoffCoefficient(2)
                .setMaximumInterval(longest)
                .setMaximumAttempts(attempts)
                .build();
    }
}
