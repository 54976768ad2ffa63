package dev.windlass.workflows.deploy;

import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.Summaries;
import dev.windlass.workflows.kernel.TaskQueues;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Timeouts and retries of a deploy, with their reasons. Each call is labelled with its step's title. */
final class DeployStubs {
    /** A worker that is gone is noticed after this long; heartbeats come every second. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(20);

    private DeployStubs() {}

    /**
     * Reading an artefact of a few hundred megabytes takes seconds. A person waits, so it does not try for long, and not at
     * all to find room on a disk that has none.
     */
    static DeployPlanningActivities planning(String summary) {
        return Workflow.newActivityStub(DeployPlanningActivities.class, planningOptions(summary));
    }

    /** As long as planning the deploy: the database was looked at before, and its migrations were rehearsed. */
    static MigratingDeployPlanningActivities planningBoth(String summary) {
        return Workflow.newActivityStub(MigratingDeployPlanningActivities.class, planningOptions(summary));
    }

    private static ActivityOptions planningOptions(String summary) {
        return ActivityOptions.newBuilder()
                .setTaskQueue(TaskQueues.PLANNING)
                .setStartToCloseTimeout(Duration.ofMinutes(5))
                .setScheduleToCloseTimeout(Duration.ofMinutes(15))
                .setHeartbeatTimeout(Duration.ofMinutes(1))
                .setRetryOptions(retry(10, Duration.ofSeconds(30)).toBuilder()
                        .setDoNotRetry(FailureType.DISK_FULL.name())
                        .build())
                .setSummary(summary)
                .build();
    }

    /**
     * A step that changes something. Few attempts: what fails four times within half a minute is undone, since production
     * is not the place for patience.
     */
    static DeployActivities changing(Step step) {
        return stub(step.title(), Duration.ofMinutes(15), retry(4, Duration.ofSeconds(10)));
    }

    /** The undo is what everything rests on: it tries for minutes, then a person is asked. */
    static DeployActivities undoing(Step step) {
        return stub("undo: " + step.title(), Duration.ofMinutes(15), retry(8, Duration.ofSeconds(30)));
    }

    /** Waits for health, for the end of requests, or through the watch; their own deadlines stand in the step. */
    static DeployActivities looking(Step step) {
        return looking(step.title());
    }

    static DeployActivities looking(String summary) {
        return stub(summary, Duration.ofHours(6), retry(10, Duration.ofSeconds(10)));
    }

    private static DeployActivities stub(String summary, Duration startToClose, RetryOptions retry) {
        return Workflow.newActivityStub(
                DeployActivities.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(startToClose)
                        .setHeartbeatTimeout(HEARTBEAT)
                        // The process tree is killed before the run says that it was cancelled.
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
