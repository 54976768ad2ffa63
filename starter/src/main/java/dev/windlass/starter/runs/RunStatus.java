package dev.windlass.starter.runs;

/** As Temporal tells it. */
public enum RunStatus {
    RUNNING,
    COMPLETED,
    FAILED,
    CANCELED,
    TERMINATED,
    TIMED_OUT,
    CONTINUED,
    UNKNOWN;

    public boolean isOver() {
        return this != RUNNING && this != UNKNOWN;
    }
}
