package dev.windlass.worker.fault;

import java.util.List;
import java.util.Locale;

/**
 * One side of one step of a deploy: the run has decided on it and nobody knows yet, or it is done and nobody knows yet.
 *
 * @param activity the type of the activity that does the step
 * @param shop of which app; each edge of a wave has one to itself
 */
record DeployEdge(String activity, TemporalGate.Side side, String shop) {
    /** By the order in which a deploy comes to them, so that those held first are not held for long. */
    static final List<List<DeployEdge>> FORTH = List.of(
            around("PlanDeploy", "PrepareRelease", "StartRelease"),
            around("CheckHealth", "SwitchTraffic", "DrainOldRelease"),
            around("WatchRelease", "RetireOldRelease", "PostNotice"));

    static final List<DeployEdge> BACK = List.of(
            new DeployEdge("UndoDeployStep", TemporalGate.Side.BEFORE, "undo-1"),
            new DeployEdge("UndoDeployStep", TemporalGate.Side.AFTER, "undo-2"),
            new DeployEdge("CheckServing", TemporalGate.Side.BEFORE, "undo-3"),
            new DeployEdge("CheckServing", TemporalGate.Side.AFTER, "undo-4"));

    static List<String> shops() {
        return List.of("one", "two", "three", "four", "five", "six", "undo-1", "undo-2", "undo-3", "undo-4");
    }

    private static List<DeployEdge> around(String first, String second, String third) {
        return List.of(
                new DeployEdge(first, TemporalGate.Side.BEFORE, "one"),
                new DeployEdge(first, TemporalGate.Side.AFTER, "two"),
                new DeployEdge(second, TemporalGate.Side.BEFORE, "three"),
                new DeployEdge(second, TemporalGate.Side.AFTER, "four"),
                new DeployEdge(third, TemporalGate.Side.BEFORE, "five"),
                new DeployEdge(third, TemporalGate.Side.AFTER, "six"));
    }

    /** A rollback is planned as any deploy is, and a worker that dies while it plans is missed after a minute only. */
    boolean isOfAStep() {
        return !activity.equals("PlanDeploy");
    }

    @Override
    public String toString() {
        return (side + " " + activity).toLowerCase(Locale.ROOT);
    }
}
