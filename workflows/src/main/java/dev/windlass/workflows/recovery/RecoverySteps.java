package dev.windlass.workflows.recovery;

import dev.windlass.workflows.kernel.StepId;

/** Names of the steps of a recovery: plans are built with them and workflows walk by them. */
public final class RecoverySteps {
    public static final StepId COPY = StepId.of("copy");
    public static final StepId COMPARE = StepId.of("compare");
    public static final StepId BRING_BACK = StepId.of("bring-back");
    public static final StepId SWAP = StepId.of("swap");
    public static final StepId VERIFY = StepId.of("verify");
    public static final StepId DROP = StepId.of("drop");
    public static final StepId NOTIFY = StepId.of("notify");

    private RecoverySteps() {}
}
