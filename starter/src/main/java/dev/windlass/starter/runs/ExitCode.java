package dev.windlass.starter.runs;

/** How {@code windlass} ends; the numbers are promised. Those of failed runs come from {@code FailureType.exitCode()}. */
public enum ExitCode {
    OK(0, "done; with --wait: the run reached its goal"),
    UNEXPECTED(1, "something Windlass does not know; the message says what"),
    USAGE(2, "wrong usage, a mistake in ops.yml, or a secret that is missing"),
    PRECONDITION(3, "what must hold before does not hold: a tool missing or too old, a name taken"),
    NOT_FOUND(4, "what was asked for does not exist"),
    LOCKED(5, "another run holds the resource"),
    OUTSIDE(6, "the server, a database, a store or a command failed or cannot be reached"),
    NOT_PROVEN(7, "a backup is damaged, does not restore, or differs from what was backed up"),
    ENDED_EARLY(8, "the run was cancelled, terminated or timed out"),
    NOT_KEPT(9, "a deploy ended well, and not with the new version: rolled back, or not approved"),
    INTERRUPTED(130, "Ctrl-C while waiting; the run goes on");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    public String meaning() {
        return meaning;
    }
}
