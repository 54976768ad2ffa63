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

    /** A chat service that is down for a day is still told afterwards; the waits grow, so few events are spent on it. */
    static ApprovalActivities board(String summary) {
        return Workflow.newActivityStub(
                ApprovalActivities.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofMinutes(1))
                        .setCancellationType(ActivityCancellationType.TRY_CANCEL)
                        .setRetryOptions(RetryOptions.newBuilder()
                                .setInitialInterval(Duration.ofSeconds(2))
                                .setBackoffCoefficient(2)
                                .setMaximumInterval(Duration.ofMinutes(5))
                                .build())
                        .setSummary(summary)
                        .build());
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
