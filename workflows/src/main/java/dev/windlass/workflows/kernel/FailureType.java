package dev.windlass.workflows.kernel;

/**
 * Every kind of breakage Windlass tells apart. The name travels as the type of a Temporal ApplicationFailure, so names
 * are never changed.
 */
public enum FailureType {
    /** ops.yml or a request asks for something that cannot be. */
    CONFIGURATION(Retry.NEVER, 2),
    /** What must hold before a step does not hold. */
    PRECONDITION(Retry.NEVER, 3),
    /** Something that was asked for does not exist. */
    NOT_FOUND(Retry.NEVER, 4),
    /** It exists already and will not be overwritten. */
    ALREADY_EXISTS(Retry.NEVER, 3),
    /** Another run holds the resource. */
    LOCKED(Retry.LATER, 5),
    TOOL_MISSING(Retry.NEVER, 3),
    TOOL_TOO_OLD(Retry.NEVER, 3),
    COMMAND_FAILED(Retry.LATER, 6),
    DISK_FULL(Retry.LATER, 6),
    DATABASE_UNREACHABLE(Retry.LATER, 6),
    DATABASE_GONE(Retry.NEVER, 6),
    SNAPSHOT_LOST(Retry.LATER, 6),
    STORAGE_UNAVAILABLE(Retry.LATER, 6),
    STORAGE_REFUSED(Retry.NEVER, 6),
    ARTEFACT_DAMAGED(Retry.NEVER, 7),
    WRONG_IDENTITY(Retry.NEVER, 7),
    RESTORE_FAILED(Retry.NEVER, 7),
    RESTORE_DIFFERS(Retry.NEVER, 7),
    SECRET_MISSING(Retry.NEVER, 2),
    NOTIFICATION_REFUSED(Retry.NEVER, 6),
    NOTIFICATION_UNAVAILABLE(Retry.LATER, 6),
    /** Another program that does the work does not answer, or comes to no end. It was waited for: now a person decides. */
    TARGET_UNAVAILABLE(Retry.NEVER, 6),
    /** Who keeps the names refuses us. */
    DNS_REFUSED(Retry.NEVER, 6),
    DNS_UNAVAILABLE(Retry.LATER, 6);

    /** Whether trying the same thing again can help. */
    public enum Retry {
        LATER,
        NEVER
    }

    private final Retry retry;
    private final int exitCode;

    FailureType(Retry retry, int exitCode) {
        this.retry = retry;
        this.exitCode = exitCode;
    }

    public boolean isRetryable() {
        return retry == Retry.LATER;
    }

    /** The exit code of a command line that ends with this failure; documented in {@code windlass help exit-codes}. */
    public int exitCode() {
        return exitCode;
    }
}
