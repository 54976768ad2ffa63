package dev.windlass.workflows.deploy;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Each is safe to run twice; how stands at its implementation. */
@ActivityInterface
public interface DeployActivities {
    @ActivityMethod(name = "PrepareRelease")
    void prepare(DeployOrder order);

    /** Also run again by a retry after the service was started: it is found running, and left alone when it is the right one. */
    @ActivityMethod(name = "StartRelease")
    void start(DeployOrder order);

    @ActivityMethod(name = "CheckHealth")
    HealthReport checkHealth(DeployOrder order);

    @ActivityMethod(name = "SwitchTraffic")
    void switchTraffic(DeployOrder order);

    /** Waits until the old version has no request left, or its grace is over. Returns what was cut off, in words. */
    @ActivityMethod(name = "DrainOldRelease")
    String drain(DeployOrder order);

    @ActivityMethod(name = "WatchRelease")
    HealthReport watch(DeployOrder order);

    @ActivityMethod(name = "RetireOldRelease")
    void retire(DeployOrder order);

    /**
     * Executes the undo of the step; harmless when the step never ran.
     *
     * <p>Undo of switch: traffic back to the old version. Undo of start: the new version stops.
     */
    @ActivityMethod(name = "UndoDeployStep")
    void undo(DeployOrder order);

    /** After the undo: what serves now is the version before, and it is healthy. */
    @ActivityMethod(name = "CheckServing")
    HealthReport checkServing(DeployOrder order);
}
