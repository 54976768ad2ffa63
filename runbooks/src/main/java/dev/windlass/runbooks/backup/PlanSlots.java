package dev.windlass.runbooks.backup;

/** Names of the slots that the backup plans keep open for values of the run. */
public final class PlanSlots {
    /** Keys of a set's files. */
    public static final String DUMP = "dump";

    public static final String GLOBALS = "globals";
    public static final String FACTS = "facts";

    /** Keys of an archive's files. */
    public static final String FILES = "files";

    public static final String INVENTORY = "inventory";

    /** The key of a Redis server's snapshot. */
    public static final String SNAPSHOT = "snapshot";

    /** {@code StepToken.abbreviated()} of the step. */
    public static final String TOKEN = "token";

    /** Words behind CREATE DATABASE. */
    public static final String OPTIONS = "options";

    private PlanSlots() {}
}
