package dev.windlass.runbooks.stagingsync;

/** What becomes of a value of the team's own accounts. */
public enum OfTheTeam {
    MASKED,
    KEPT
}
