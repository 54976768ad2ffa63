package dev.windlass.starter.runs;

import dev.windlass.workflows.kernel.Failure;

/** Ends a command: said to the person as fact, hint and where to read on, and to scripts as an exit code. */
public final class Complaint extends RuntimeException {
    private final int exitCode;

    public Complaint(String fact, String hint, String see, ExitCode exitCode) {
        this(fact + "\nhint: " + hint + "\nsee: " + see, exitCode.number());
    }

    private Complaint(String text, int exitCode) {
        super(text);
        this.exitCode = exitCode;
    }

    public static Complaint of(Failure failure) {
        return new Complaint(failure.message(), failure.type().exitCode());
    }

    /** For a text that has its hint already. */
    static Complaint of(String factAndHint, String see, ExitCode exitCode) {
        return new Complaint(factAndHint + "\nsee: " + see, exitCode.number());
    }

    /** The same complaint with more lines below it, such as where to look at the run. */
    public Complaint with(String lines) {
        return new Complaint(text() + "\n" + lines, exitCode);
    }

    public String text() {
        return String.valueOf(getMessage());
    }

    public int exitCode() {
        return exitCode;
    }
}
