package dev.windlass.workflows.protect;

import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.Summaries;
import dev.windlass.workflows.kernel.TaskQueues;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Timeouts and retries of the protect runbook, with their reasons. Each call is labelled with its step's title. */
final class ProtectStubs {
    /** A worker that is gone is noticed after this long; heartbeats come every second. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(20);

    private ProtectStubs() {}

    /** A person waits: a server that does not answer gets a few minutes. */
    static ProtectPlanningActivities planning(String summary) {
        return planning(summary, retry(6, Duration.ofSeconds(20)));
    }

    /** Looks that fail are findings already; once more is for a worker that died. */
    static ProtectPlanningActivities looking() {
        return planning("look at server and repository", retry(2, Duration.ofSeconds(5)));
    }

    private static ProtectPlanningActivities planning(String summary, RetryOptions retry) {
        return Workflow.newActivityStub(
                ProtectPlanningActivities.class,
                ActivityOptions.newBuilder()
                        .setTaskQueue(TaskQueues.PLANNING)
                        .setStartToCloseTimeout(Duration.ofMinutes(5))
                        .setScheduleToCloseTimeout(Duration.ofMinutes(15))
                        .setHeartbeatTimeout(Duration.ofMinutes(1))
                        .setRetryOptions(retry)
                        .setSummary(Summaries.of(summary))
                        .build());
    }

    /** pgBackRest itself asks the bucket again and again for its io-timeout, and the activity ends it after minutes. */
    static ProtectActivities brief(Step step) {
        return stub(step.title(), Duration.ofMinutes(10), retry(3, Duration.ofSeconds(30)));
    }

    /** Reads the whole cluster: hours for a large one. An attempt begins again, so there are few. */
    static ProtectActivities lengthy(Step step) {
        return stub(step.title(), Duration.ofHours(24), retry(4, Duration.ofMinutes(5)));
    }

    /** An archive_command that fails fills the disk with WAL, so the way back tries for long. */
    static ProtectActivities undoing(Step step) {
        return stub("undo: " + step.title(), Duration.ofMinutes(10), retry(20, Duration.ofMinutes(1)));
    }

    private static ProtectActivities stub(String summary, Duration startToClose, RetryOptions retry) {
        return Workflow.newActivityStub(
                ProtectActivities.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(startToClose)
                        .setHeartbeatTimeout(HEARTBEAT)
                        // pgBackRest is killed before the run says that it was cancelled.
                        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
                        .setRetryOptions(retry)
                        .setSummary(Summaries.of(summary))
                        .build());
    }

    private static RetryOptions retry(int attempts, Duration longest) {
        return RetryOptions.newBuilder()
                .setInitialInterval(Duration.ofSeconds(2))
                .setBackoffCoefficient(2)
                .setMaximumInterval(longest)
                .setMaximumAttempts(attempts)
                .build();
    }
}
