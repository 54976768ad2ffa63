package dev.windlass.workflows.stagingsync;

import dev.windlass.workflows.kernel.StepId;

/** Names of the steps: plans are built with them and workflows walk by them. */
public final class StagingSyncSteps {
    /** Only where the copy is made of a backup. */
    public static final StepId RESTORE = StepId.of("restore");

    public static final StepId COPY = StepId.of("copy");
    /** Only where the classification has after_sql. */
    public static final StepId REWRITE = StepId.of("rewrite");

    public static final StepId SCAN = StepId.of("scan");
    /** Only where something was restored. */
    public static final StepId REMOVE = StepId.of("remove");

    public static final StepId SWAP = StepId.of("swap");
    /** Only where ops.yml names a Redis of staging. */
    public static final StepId FLUSH = StepId.of("flush");

    /** Only where ops.yml says how staging is known to work. */
    public static final StepId SMOKE = StepId.of("smoke");

    public static final StepId CLEAR = StepId.of("clear");
    public static final StepId NOTIFY = StepId.of("notify");

    private StagingSyncSteps() {}
}
