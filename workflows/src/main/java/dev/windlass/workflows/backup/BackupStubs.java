package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.TaskQueues;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Timeouts and retries of the backup runbooks, with their reasons. Each call is labelled with its step's title. */
final class BackupStubs {
    /** A worker that is gone is noticed after this long; heartbeats come every second. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(20);

    private BackupStubs() {}

    /** Looking takes seconds; a database or bucket that does not answer gets ten minutes to come back. */
    static BackupPlanningActivities planning(String summary) {
        return Workflow.newActivityStub(
                BackupPlanningActivities.class,
                ActivityOptions.newBuilder()
                        .setTaskQueue(TaskQueues.PLANNING)
                        .setStartToCloseTimeout(Duration.ofMinutes(5))
                        .setScheduleToCloseTimeout(Duration.ofMinutes(15))
                        // Longer than a database takes to refuse a connection, which beats nothing.
                        .setHeartbeatTimeout(Duration.ofMinutes(1))
                        .setRetryOptions(retry(20, Duration.ofSeconds(30)))
                        .setSummary(summary)
                        .build());
    }

    /** Small writes: manifest, proof, deletions. An outage of the bucket of half an hour is waited out. */
    static BackupActivities brief(Step step) {
        return stub(step, Duration.ofMinutes(10), retry(30, Duration.ofMinutes(1)));
    }

    /**
     * Dump and restore: hours for a large database. Few attempts, since each begins again: what fails five times needs a
     * person.
     */
    static BackupActivities lengthy(Step step) {
        return stub(step, Duration.ofHours(12), retry(6, Duration.ofMinutes(1)));
    }

    /** Uploads go on where they broke off, so many attempts cost little: an outage of an hour is waited out. */
    static BackupActivities resumable(Step step) {
        return stub(step, Duration.ofHours(12), retry(40, Duration.ofMinutes(2)));
    }

    private static BackupActivities stub(Step step, Duration startToClose, RetryOptions retry) {
        return Workflow.newActivityStub(
                BackupActivities.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(startToClose)
                        .setHeartbeatTimeout(HEARTBEAT)
                        // The process tree is killed before the run says that it was cancelled.
                        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
                        .setRetryOptions(retry)
                        .setSummary(step.title())
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
