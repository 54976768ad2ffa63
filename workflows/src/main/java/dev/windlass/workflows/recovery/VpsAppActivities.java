package dev.windlass.workflows.recovery;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * What makes the machine that was recovered serve again; on the queue {@link
 * dev.windlass.workflows.kernel.TaskQueues#RECOVERY_TARGET}. Each is safe to run twice; how stands at its implementation.
 */
@ActivityInterface
public interface VpsAppActivities {
    /** @throws io.temporal.failure.ApplicationFailure PRECONDITION: it refuses the configuration that came back */
    @ActivityMethod(name = "StartNginx")
    void startNginx(PlaceOrder order);

    /**
     * One step of an app, as a deploy does it.
     *
     * @return what it saw, in words
     * @throws io.temporal.failure.ApplicationFailure PRECONDITION: the machine does not have what the app needs;
     *     TARGET_UNAVAILABLE: it does not become healthy
     */
    @ActivityMethod(name = "CarryOutAppStep")
    String carryOut(AppOrder order);
}
