package dev.windlass.workflows.recovery;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * What makes the machine that was recovered serve again; on the queue {@link
 * dev.windlass.workflows.kernel.TaskQueues#RECOVERY_TARGET}. Each is safe to run twice; how stands at its implementation.
 */
@ActivityInterface
public interface VpsAppActivities {
    /** Said of an app that was healthy by itself, and that nobody asked through nginx. */
    String NOT_ASKED = "not asked through nginx, for its check in ops.yml names no address of this machine";

    /** @throws io.temporal.failure.ApplicationFailure PRECONDITION: it refuses the configuration that came back */
    @ActivityMethod(name = "StartNginx")
    void startNginx(PlaceOrder order);

    /** Worker, Java and Temporal out of the kit, with a unit of systemd each; Temporal runs and answers afterwards. */
    @ActivityMethod(name = "InstallWindlass")
    void installWindlass(PlaceOrder order);

    /** @throws io.temporal.failure.ApplicationFailure PRECONDITION: secrets that ops.yml names are not on the machine */
    @ActivityMethod(name = "StartWorker")
    void startWorker(PlaceOrder order);

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
