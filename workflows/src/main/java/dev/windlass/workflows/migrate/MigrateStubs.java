package dev.windlass.workflows.migrate;

import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.Summaries;
import dev.windlass.workflows.kernel.TaskQueues;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Timeouts and retries of a migration, with their reasons. Each call is labelled with its step's title. */
final class MigrateStubs {
    /** A worker that is gone is noticed after this long; heartbeats come every second. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(20);

    private MigrateStubs() {}

    /** Looking takes seconds, the lint of many files a minute. A person waits, so it does not try for long. */
    static MigratePlanningActivities planning(String summary) {
        return Workflow.newActivityStub(
                MigratePlanningActivities.class,
                ActivityOptions.newBuilder()
                        .setTaskQueue(TaskQueues.PLANNING)
                        .setStartToCloseTimeout(Duration.ofMinutes(5))
                        .setScheduleToCloseTimeout(Duration.ofMinutes(15))
                        .setHeartbeatTimeout(Duration.ofMinutes(1))
                        .setRetryOptions(retry(10, Duration.ofSeconds(30)))
                        .setSummary(summary)
                        .build());
    }

    /** Restores a whole database: hours for a large one. Each attempt begins again, so there are few. */
    static MigrateActivities rehearsing(Step step) {
        return stub(step.title(), Duration.ofHours(12), retry(4, Duration.ofMinutes(1)));
    }

    /** A table's lock is waited for inside the step; an attempt more is for a worker or a server that was away. */
    static MigrateActivities changing(Step step) {
        return stub(step.title(), Duration.ofHours(12), retry(5, Duration.ofSeconds(30)));
    }

    /** The undo is what everything rests on: it tries for minutes, then a person is asked. */
    static MigrateActivities undoing(Step step) {
        return stub("undo: " + step.title(), Duration.ofHours(12), retry(8, Duration.ofSeconds(30)));
    }

    /** Restores a whole database, and begins again with each attempt until the copy is whole; then seconds are left. */
    static MigrateActivities puttingBack(Step step) {
        return stub("put back: " + step.title(), Duration.ofHours(12), retry(8, Duration.ofSeconds(30)));
    }

    static MigrateActivities looking(String summary) {
        return stub(summary, Duration.ofHours(1), retry(10, Duration.ofSeconds(30)));
    }

    private static MigrateActivities stub(String summary, Duration startToClose, RetryOptions retry) {
        return Workflow.newActivityStub(
                MigrateActivities.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(startToClose)
                        .setHeartbeatTimeout(HEARTBEAT)
                        // The migrator is killed, and its lock given back, before the run says that it was cancelled.
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
