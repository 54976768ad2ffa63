package dev.windlass.workflows.deploy;

import dev.windlass.workflows.kernel.StepId;

/** The steps of a deploy, in their order, whatever the target. */
public final class DeploySteps {
    /** The artefact is made ready; nothing runs yet. */
    public static final StepId PREPARE = StepId.of("prepare");
    /** The new version runs beside the old one, and serves nobody. */
    public static final StepId START = StepId.of("start");
    /**
     * In the place of {@link #START}, when what should start it does not answer and a person says so. Only some targets
     * have it.
     */
    public static final StepId START_BY_DOCKER = StepId.of("start-by-docker");
    /** Reads only: status, body, version, several times in a row. */
    public static final StepId HEALTH = StepId.of("health");
    /** New requests go to the new version. Undo: back to the old one. */
    public static final StepId SWITCH = StepId.of("switch");
    /** Reads only: requests in flight on the old version end. */
    public static final StepId DRAIN = StepId.of("drain");
    /** Reads only: error rate and p95 of the new version. */
    public static final StepId WATCH = StepId.of("watch");
    /** The old version stops; from here on a rollback is a deploy of its own. */
    public static final StepId RETIRE = StepId.of("retire");

    public static final StepId NOTIFY = StepId.of("notify");

    private DeploySteps() {}
}
