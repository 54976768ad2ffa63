package dev.windlass.worker.recovery;

/** Those of {@code windlass}; failures of a run have theirs in {@code FailureType}. */
final class ExitCodes {
    static final int OK = 0;
    static final int UNEXPECTED = 1;
    static final int USAGE = 2;
    static final int PRECONDITION = 3;
    static final int LOCKED = 5;
    static final int OUTSIDE = 6;
    static final int ENDED_EARLY = 8;
    static final int NOT_SERVING = 9;
    static final int INTERRUPTED = 130;

    private ExitCodes() {}
}
