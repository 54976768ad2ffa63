package dev.windlass.activities.deploy;

/** What became of a deploy by Dokploy. */
sealed interface DokployOutcome {
    /** @param words {@code deployment b7Xk is done} */
    record Done(String words) implements DokployOutcome {}

    /** Trying again would bring the same. */
    record Failed(String fact, String hint) implements DokployOutcome {}

    /** Dokploy or docker did not answer, or did not come to an end in time; trying again may help. */
    record Undecided(String fact) implements DokployOutcome {}
}
