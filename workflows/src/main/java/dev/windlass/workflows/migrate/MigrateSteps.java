package dev.windlass.workflows.migrate;

import dev.windlass.workflows.kernel.StepId;

/** The steps of a migration, in their order, whatever the tool. */
public final class MigrateSteps {
    /** Restores last night's data, applies, undoes, applies again. Not part of the plan: the plan is made from it. */
    public static final StepId REHEARSE = StepId.of("rehearse");
    /** A proven backup, where the newest is too old. */
    public static final StepId BACKUP = StepId.of("backup");

    public static final StepId APPLY = StepId.of("apply");
    /** Reads only. */
    public static final StepId VERIFY = StepId.of("verify");

    /** The app still answers; only in a plan where it serves, and apart from the health of a new version. Reads only. */
    public static final StepId HEALTH = StepId.of("serving");

    public static final StepId NOTIFY = StepId.of("notify");

    private MigrateSteps() {}
}
