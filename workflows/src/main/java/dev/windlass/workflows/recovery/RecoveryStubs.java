package dev.windlass.workflows.recovery;

import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.Summaries;
import dev.windlass.workflows.kernel.TaskQueues;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Timeouts and retries of a recovery, with their reasons. Each call is labelled with its step's title. */
final class RecoveryStubs {
    /** A worker that is gone is noticed after this long; heartbeats come every second. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(20);

    private RecoveryStubs() {}

    /** Looking takes seconds; a database or bucket that does not answer gets ten minutes to come back. */
    static RecoveryPlanningActivities planning(String summary) {
        return Workflow.newActivityStub(
                RecoveryPlanningActivities.class,
                ActivityOptions.newBuilder()
                        .setTaskQueue(TaskQueues.PLANNING)
                        .setStartToCloseTimeout(Duration.ofMinutes(5))
                        .setScheduleToCloseTimeout(Duration.ofMinutes(15))
                        .setHeartbeatTimeout(Duration.ofMinutes(1))
                        .setRetryOptions(retry(10, Duration.ofSeconds(30)))
                        .setSummary(summary)
                        .build());
    }

    /** Restores or reads a whole database: hours for a large one. Each attempt begins again, so there are few. */
    static RecoveryActivities lengthy(Step step) {
        return stub(step.title(), Duration.ofHours(12), retry(6, Duration.ofMinutes(1)));
    }

    /** One transaction, all of it or nothing: what fails is tried for some minutes, while a table may be locked. */
    static RecoveryActivities changing(Step step) {
        return stub(step.title(), Duration.ofHours(12), retry(8, Duration.ofSeconds(30)));
    }

    /** Nothing may stay behind: it tries for half an hour. */
    static RecoveryActivities undoing(Step step) {
        return stub("undo: " + step.title(), Duration.ofMinutes(10), retry(30, Duration.ofMinutes(1)));
    }

    private static RecoveryActivities stub(String summary, Duration startToClose, RetryOptions retry) {
        return Workflow.newActivityStub(
                RecoveryActivities.class,
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
