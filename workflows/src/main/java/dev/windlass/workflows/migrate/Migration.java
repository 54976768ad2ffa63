package dev.windlass.workflows.migrate;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One migration as its file is, pending or not.
 *
 * @param name the tool's own name of it: {@code 0003_add_colour}, {@code 20261103120000_add_colour}
 * @param checksum {@code sha256:} and 64 hex digits of the bytes of the file that goes up
 * @param undo {@code sha256:} and 64 hex digits of the file that goes down; empty text where there is none
 * @param phase as its first line says
 */
public record Migration(String name, String checksum, Wrapping wrapping, String undo, Phase phase) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,199}");
    private static final Pattern CHECKSUM = Pattern.compile("sha256:[0-9a-f]{64}");

    public enum Wrapping {
        /** Its statements take effect together or not at all. */
        ONE_TRANSACTION,
        /** Each statement takes effect by itself, as CREATE INDEX CONCURRENTLY asks for. */
        STATEMENT_BY_STATEMENT
    }

    /** How a migration stands to the code that serves when it is applied. */
    public enum Phase {
        /** The code from before runs on with it. */
        EXPAND("expand"),
        /** Takes away what only the code from before needs, so it waits until that serves no more. */
        CONTRACT("contract"),
        /** Nobody says. */
        UNMARKED("not marked");

        private final String words;

        Phase(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** Runs that were begun before there were marks know of none. */
    public Migration {
        phase = Objects.requireNonNullElse(phase, Phase.UNMARKED);
        if (!NAME.matcher(name).matches() || name.contains("..")) {
            throw new IllegalArgumentException("migration \"" + name + "\" must be 1-200 letters, digits, _ - or .");
        }
        if (!CHECKSUM.matcher(checksum).matches()
                || !(undo.isEmpty() || CHECKSUM.matcher(undo).matches())) {
            throw new IllegalArgumentException("checksums of migration " + name + " must be sha256: and 64 hex digits");
        }
    }

    public boolean hasUndo() {
        return !undo.isEmpty();
    }
}
