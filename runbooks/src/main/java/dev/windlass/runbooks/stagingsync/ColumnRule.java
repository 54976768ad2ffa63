package dev.windlass.runbooks.stagingsync;

/**
 * @param type of the column when a person looked at this, as PostgreSQL's format_type has it
 * @param standing whether a person has looked at it at all
 * @param team what becomes of it in a row of the team
 */
public record ColumnRule(String type, Fate fate, Standing standing, OfTheTeam team) {
    public sealed interface Fate {
        /** @param reason why nobody can be recognised by it */
        record Keep(String reason) implements Fate {}

        record Masked(Mask mask) implements Fate {}

        record InDomain(String domain) implements Fate {}
    }

    public enum Standing {
        REVIEWED,
        /** Proposed by {@code windlass classify}; nothing is copied by it. */
        GUESS
    }
}
