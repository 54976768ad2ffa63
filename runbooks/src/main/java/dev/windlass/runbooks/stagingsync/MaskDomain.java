package dev.windlass.runbooks.stagingsync;

/**
 * Columns whose values belong together: equal values get equal pseudonyms, in whatever table they stand.
 *
 * @param letterCase whether two spellings are one value
 * @param team whether values of the team stay themselves
 */
public record MaskDomain(String name, Mask mask, LetterCase letterCase, OfTheTeam team) {
    public enum LetterCase {
        MATTERS,
        IGNORED
    }
}
