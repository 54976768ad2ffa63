package dev.windlass.workflows.recovery;

import dev.windlass.workflows.kernel.Summaries;
import dev.windlass.workflows.kernel.TaskQueues;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Timeouts and retries, with their reasons. */
final class VpsStubs {
    /** A lead that was killed is noticed after this long; heartbeats come every second. */
    private static final Duration LEAD_BEAT = Duration.ofSeconds(10);

    /** A tunnel that breaks is open again by then; a target that died is not. */
    private static final Duration TARGET_BEAT = Duration.ofMinutes(2);

    private VpsStubs() {}

    /** A bucket that does not answer now may do so in a while, and there is nothing else to do. */
    static VpsSetActivities sets(String summary) {
        return Workflow.newActivityStub(VpsSetActivities.class, lead(summary, Duration.ofMinutes(10), 30));
    }

    static VpsClaimActivities claims(String summary) {
        return Workflow.newActivityStub(VpsClaimActivities.class, lead(summary, Duration.ofMinutes(5), 30));
    }

    /** A machine that was just made takes its time to boot; one that is not reached for minutes is for a person. */
    static VpsLinkActivities reaching(String summary) {
        return Workflow.newActivityStub(VpsLinkActivities.class, lead(summary, Duration.ofMinutes(5), 10));
    }

    /** The kit is hundreds of megabytes, and a laptop's upload is slow. */
    static VpsLinkActivities sending(String summary) {
        return Workflow.newActivityStub(VpsLinkActivities.class, lead(summary, Duration.ofHours(3), 20));
    }

    /** For as long as the recovery takes, however often the lead is killed. */
    static VpsLinkActivities holding(String summary) {
        return Workflow.newActivityStub(VpsLinkActivities.class, lead(summary, Duration.ofHours(48), 0));
    }

    /** It came from somewhere and has to go: secrets are to be removed. */
    static VpsLinkActivities closing(String summary) {
        return Workflow.newActivityStub(VpsLinkActivities.class, lead(summary, Duration.ofMinutes(5), 10));
    }

    /** What only looks, or is done in minutes. */
    static VpsPlaceActivities brief(String summary) {
        return place(summary, Duration.ofMinutes(30), 5);
    }

    /** It goes on where it broke off. */
    static VpsPlaceActivities fetching(String summary) {
        return place(summary, Duration.ofHours(12), 30);
    }

    static VpsPlaceActivities placing(String summary) {
        return place(summary, Duration.ofHours(12), 4);
    }

    /** Each attempt begins anew. */
    static VpsServerActivities server(String summary) {
        return Workflow.newActivityStub(VpsServerActivities.class, target(summary, Duration.ofHours(12), 4));
    }

    /**
     * A bucket that does not answer for some minutes is waited for: the set has less. What was restored by then is compared
     * and not fetched again.
     */
    static VpsServerActivities replaying(String summary) {
        return Workflow.newActivityStub(VpsServerActivities.class, target(summary, Duration.ofHours(12), 15));
    }

    /** An app has its own deadline to become healthy; what a program said against it does not change by asking again. */
    static VpsAppActivities app(String summary) {
        return Workflow.newActivityStub(VpsAppActivities.class, target(summary, Duration.ofHours(1), 3));
    }

    private static VpsPlaceActivities place(String summary, Duration longest, int attempts) {
        return Workflow.newActivityStub(VpsPlaceActivities.class, target(summary, longest, attempts));
    }

    private static ActivityOptions lead(String summary, Duration longest, int attempts) {
        return options(TaskQueues.RECOVERY_LEAD, summary, longest, attempts)
                .setHeartbeatTimeout(LEAD_BEAT)
                // The tunnel is closed before the run goes on.
                .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
                .build();
    }

    private static ActivityOptions target(String summary, Duration longest, int attempts) {
        return options(TaskQueues.RECOVERY_TARGET, summary, longest, attempts)
                .setHeartbeatTimeout(TARGET_BEAT)
                // A machine that is not reached any more cannot be told; what it does ends with its worker, on closing.
                .setCancellationType(ActivityCancellationType.ABANDON)
                .build();
    }

    private static ActivityOptions.Builder options(String queue, String summary, Duration longest, int attempts) {
        return ActivityOptions.newBuilder()
                .setTaskQueue(queue)
                .setStartToCloseTimeout(longest)
                .setRetryOptions(RetryOptions.newBuilder()
                        .setInitialInterval(Duration.ofSeconds(1))
                        .setBackoffCoefficient(2)
                        .setMaximumInterval(Duration.ofSeconds(20))
                        .setMaximumAttempts(attempts)
                        .build())
                .setSummary(Summaries.of(summary));
    }
}
