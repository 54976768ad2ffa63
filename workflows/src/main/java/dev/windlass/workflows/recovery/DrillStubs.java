package dev.windlass.workflows.recovery;

import dev.windlass.workflows.kernel.Summaries;
import dev.windlass.workflows.kernel.TaskQueues;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Timeouts and retries of a drill, with their reasons. */
final class DrillStubs {
    /** A worker that is gone is noticed after this long; heartbeats come every second. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(20);

    private DrillStubs() {}

    /** Nobody is in trouble: a server or bucket that does not answer for minutes ends the drill, and that is told. */
    static DrillPlanningActivities planning(String summary) {
        return Workflow.newActivityStub(
                DrillPlanningActivities.class,
                ActivityOptions.newBuilder()
                        .setTaskQueue(TaskQueues.PLANNING)
                        .setStartToCloseTimeout(Duration.ofMinutes(5))
                        .setScheduleToCloseTimeout(Duration.ofMinutes(15))
                        .setHeartbeatTimeout(Duration.ofMinutes(1))
                        .setRetryOptions(retry(6, Duration.ofSeconds(30)))
                        .setSummary(summary)
                        .build());
    }

    /** Two archive_timeouts of at most an hour each. */
    static DrillActivities measuring(String title) {
        return stub(title, Duration.ofHours(3), retry(3, Duration.ofMinutes(1)));
    }

    /** The whole cluster. What is measured is an attempt that came to its end, so another one begins again. */
    static DrillActivities restoring(String title) {
        return stub(title, Duration.ofHours(12), retry(3, Duration.ofMinutes(1)));
    }

    /** Nothing may stay behind: it tries for half an hour. */
    static DrillActivities clearing(String title) {
        return stub("remove what is left of: " + title, Duration.ofMinutes(10), retry(30, Duration.ofMinutes(1)));
    }

    static DrillActivities recording() {
        return stub("write the numbers down", Duration.ofMinutes(1), retry(12, Duration.ofSeconds(30)));
    }

    private static DrillActivities stub(String summary, Duration startToClose, RetryOptions retry) {
        return Workflow.newActivityStub(
                DrillActivities.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(startToClose)
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
