package dev.windlass.workflows.migrate;

/**
 * What the lint says of one place of a pending migration.
 *
 * @param line 1-based, in the file that goes up
 * @param rule its name, as it is accepted by: {@code ban-drop-column}
 */
public record LintFinding(String migration, int line, String rule, Weight weight, String words) {
    public enum Weight {
        /** Loses data or stops traffic: somebody has to accept it by name. */
        DESTRUCTIVE,
        ADVICE
    }
}
