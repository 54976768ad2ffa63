package dev.windlass.workflows.protect;

import dev.windlass.workflows.kernel.StepId;

/** Names of the steps of the protect runbook: plans are built with them and workflows walk by them. */
public final class ProtectSteps {
    public static final StepId CONFIGURE = StepId.of("configure");
    public static final StepId STANZA = StepId.of("stanza");
    public static final StepId SETTINGS = StepId.of("settings");
    public static final StepId RESTART = StepId.of("restart");
    public static final StepId CHECK = StepId.of("check");
    public static final StepId BACKUP = StepId.of("backup");
    public static final StepId EXPIRE = StepId.of("expire");
    public static final StepId INSPECT = StepId.of("inspect");
    public static final StepId STRUCTURE = StepId.of("structure");
    public static final StepId NOTIFY = StepId.of("notify");

    private ProtectSteps() {}
}
