package dev.windlass.workflows.kernel;

/** Whether an effect only looks, or leaves something changed behind. */
public enum Access {
    READS,
    CHANGES
}
