package dev.windlass.workflows.recovery;

import java.time.Instant;

/**
 * {@code recovery/claims/NNNNNN.json}: who recovers from this bucket. The highest number counts.
 *
 * @param run which run has written it
 */
public record Claim(String format, int number, String run, String person, String reason, String target, Instant at) {
    public static final String FORMAT = "windlass-claim/1";
}
