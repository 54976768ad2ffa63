package dev.windlass.workflows.approvals;

import dev.windlass.workflows.audit.AuditActivities;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Timeouts and retries of a question, with their reasons. */
final class QuestionStubs {
    private QuestionStubs() {}

    /**
     * Local: a decision does not queue behind a dump that holds all places of the worker. Somebody waits for the answer, so
     * what cannot be checked within a minute fails, and is asked again by the person.
     */
    static ApprovalActivities verification() {
        return Workflow.newLocalActivityStub(
                ApprovalActivities.class,
                LocalActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofSeconds(20))
                        .setScheduleToCloseTimeout(Duration.ofMinutes(1))
                        .setRetryOptions(RetryOptions.newBuilder()
                                .setInitialInterval(Duration.ofMillis(500))
                                .setMaximumAttempts(3)
                                .build())
                        .build());
    }

    /** The waits grow, and attempts cost no events, so an outage of days costs nothing; the question's end ends it. */
    static ApprovalActivities board(String summary) {
        return Workflow.newActivityStub(
                ApprovalActivities.class, showing(summary).build());
    }

    static ApprovalActivities boardForADay(String summary) {
        return Workflow.newActivityStub(
                ApprovalActivities.class,
                showing(summary).setScheduleToCloseTimeout(Duration.ofDays(1)).build());
    }

    private static ActivityOptions.Builder showing(String summary) {
        return ActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofMinutes(1))
                // Two at once could leave the older state on the board.
                .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
                .setRetryOptions(RetryOptions.newBuilder()
                        .setInitialInterval(Duration.ofSeconds(2))
                        .setBackoffCoefficient(2)
                        .setMaximumInterval(Duration.ofMinutes(5))
                        .build())
                .setSummary(summary);
    }

    /** Tried until it is written: what is not in the log has not happened. */
    static AuditActivities audit() {
        return Workflow.newActivityStub(
                AuditActivities.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofMinutes(1))
                        .setRetryOptions(RetryOptions.newBuilder()
                                .setInitialInterval(Duration.ofSeconds(1))
                                .setBackoffCoefficient(2)
                                .setMaximumInterval(Duration.ofMinutes(1))
                                .build())
                        .setSummary("write the audit log")
                        .build());
    }
}
