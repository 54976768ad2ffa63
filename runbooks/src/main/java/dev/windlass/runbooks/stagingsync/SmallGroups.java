package dev.windlass.runbooks.stagingsync;

/** What becomes of a copy in which somebody is nearly alone with the quasi-identifiers of their table. */
public enum SmallGroups {
    /** It becomes staging; the report counts them. */
    REPORTED,
    /** It does not become staging. */
    REFUSED
}
