package dev.windlass.workflows.recovery;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Who recovers from a bucket; on the queue {@link dev.windlass.workflows.kernel.TaskQueues#RECOVERY_LEAD}. */
@ActivityInterface
public interface VpsClaimActivities {
    /**
     * @return this run's claim, also when an earlier attempt has written it
     * @throws io.temporal.failure.ApplicationFailure PRECONDITION: somebody else recovers
     */
    @ActivityMethod(name = "ClaimBucket")
    Claim claim(ClaimOrder order);

    /** @throws io.temporal.failure.ApplicationFailure PRECONDITION: somebody else has taken over */
    @ActivityMethod(name = "RequireClaim")
    void require(Claim claim);

    /** The recovery is over, whatever came of it. */
    @ActivityMethod(name = "EndClaim")
    void over(Claim claim);
}
