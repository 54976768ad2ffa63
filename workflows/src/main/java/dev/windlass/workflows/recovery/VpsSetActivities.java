package dev.windlass.workflows.recovery;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What the bucket holds; reads only. On the queue {@link dev.windlass.workflows.kernel.TaskQueues#RECOVERY_LEAD}. */
@ActivityInterface
public interface VpsSetActivities {
    /** @throws io.temporal.failure.ApplicationFailure NOT_FOUND: there is none to recover from */
    @ActivityMethod(name = "LookAtSets")
    SetsSeen look(RecoverVpsRequest request);

    /** @throws io.temporal.failure.ApplicationFailure WRONG_IDENTITY: the credential's identity does not open the set */
    @ActivityMethod(name = "PlanRecoverVps")
    RecoverVpsPlan plan(RecoverVpsPlanOrder order);
}
