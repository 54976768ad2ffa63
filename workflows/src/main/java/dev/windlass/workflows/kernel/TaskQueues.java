package dev.windlass.workflows.kernel;

/** Where work waits. */
public final class TaskQueues {
    /** Runs that change something. */
    public static final String RUNS = "windlass";

    /** Plans and look-ups: the worker of this queue registers no activity that changes anything. */
    public static final String PLANNING = "windlass-planning";

    /** What only the machine that leads a recovery can do: its credential, its SSH, its person. */
    public static final String RECOVERY_LEAD = "recovery-lead";

    /** What is done on the machine that is recovered. */
    public static final String RECOVERY_TARGET = "recovery-target";

    private TaskQueues() {}
}
