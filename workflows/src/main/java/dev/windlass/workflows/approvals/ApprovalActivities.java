package dev.windlass.workflows.approvals;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

@ActivityInterface
public interface ApprovalActivities {
    /** Checks the evidence of an answer, against the policy of the question and against ops.yml as it is now. */
    @ActivityMethod(name = "VerifyDecision")
    Verification verify(VerifyOrder order);

    /**
     * Shows a question on every board of ops.yml, or rewrites it where it is shown already.
     *
     * @return where it stands
     * @throws io.temporal.failure.ApplicationFailure NOTIFICATION_UNAVAILABLE when a board cannot be reached now; the
     *     others have been shown it, and show it once however often this is tried
     */
    @ActivityMethod(name = "ShowQuestion")
    List<Posting> show(ShowOrder order);
}
