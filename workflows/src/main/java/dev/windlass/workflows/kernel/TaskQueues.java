package dev.windlass.workflows.kernel;

/** Where work waits. */
public final class TaskQueues {
    /** Runs that change something. */
    public static final String RUNS = "windlass";

    /** Plans and look-ups: the worker of this queue registers no activity that changes anything. */
    public static final String PLANNING = "windlass-planning";

    private TaskQueues() {}
}
