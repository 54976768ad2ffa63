package dev.windlass.workflows.recovery;

import dev.windlass.workflows.kernel.StepId;

/** Names of the steps of a drill. */
public final class DrillSteps {
    public static final StepId MEASURE = StepId.of("measure");
    public static final StepId RESTORE = StepId.of("restore");
    public static final StepId NOTIFY = StepId.of("notify");

    private DrillSteps() {}
}
