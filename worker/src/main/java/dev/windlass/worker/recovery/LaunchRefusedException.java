package dev.windlass.worker.recovery;

/** Ends the launcher before a run is begun or found again: what is so, and what to do. */
final class LaunchRefusedException extends RuntimeException {
    private final int exitCode;

    LaunchRefusedException(String fact, String hint) {
        this(fact, hint, ExitCodes.PRECONDITION);
    }

    LaunchRefusedException(String fact, String hint, int exitCode) {
        super("error: " + fact + "\nhint: " + hint);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
