package dev.windlass.workflows.dns;

import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.Summaries;
import dev.windlass.workflows.kernel.TaskQueues;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Timeouts and retries, with their reasons. Each call is labelled with its step's title. */
final class DnsStubs {
    /** A worker that is gone is noticed after this long; heartbeats come every second. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(20);

    private DnsStubs() {}

    /** A person waits, and has another way when Cloudflare is down: four attempts tell within two minutes. */
    static DnsPlanningActivities planning(String summary) {
        return Workflow.newActivityStub(
                DnsPlanningActivities.class,
                ActivityOptions.newBuilder()
                        .setTaskQueue(TaskQueues.PLANNING)
                        .setStartToCloseTimeout(Duration.ofMinutes(3))
                        .setScheduleToCloseTimeout(Duration.ofMinutes(12))
                        .setHeartbeatTimeout(Duration.ofMinutes(1))
                        .setRetryOptions(retry(4, Duration.ofSeconds(10)))
                        .setSummary(summary)
                        .build());
    }

    /** One look again is for a worker that died: what was healthy a moment ago and is not now is for a person. */
    static DnsActivities looking(Step step) {
        return stub(step.title(), retry(3, Duration.ofSeconds(5)));
    }

    /** Once it has begun it goes on for a quarter of an hour, through a limit of five minutes too. */
    static DnsActivities changing(Step step) {
        return stub(step.title(), retry(20, Duration.ofMinutes(1)));
    }

    /** Half of the records led elsewhere is the worst of all: it tries for half an hour. */
    static DnsActivities undoing(Step step) {
        return stub("undo: " + step.title(), retry(35, Duration.ofMinutes(1)));
    }

    private static DnsActivities stub(String summary, RetryOptions retry) {
        return Workflow.newActivityStub(
                DnsActivities.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofMinutes(10))
                        .setHeartbeatTimeout(HEARTBEAT)
                        // What is on its way is done before the run says that it was cancelled.
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
