package dev.windlass.workflows.recovery;

import java.time.Instant;
import java.util.Optional;

/**
 * {@code recovery/claims/NNNNNN.json}: who recovers from this bucket. The highest number counts. The same with {@code
 * .over.json} says that it is over.
 *
 * @param run which run has written it
 * @param ending how it ended; empty while it goes on, and where an earlier version wrote that it is over
 */
public record Claim(
        String format,
        int number,
        String run,
        String person,
        String reason,
        String target,
        Instant at,
        Optional<Ending> ending) {
    public static final String FORMAT = "windlass-claim/1";

    /** What became of the machine that was recovered. */
    public enum Ending {
        /** It lives in the place of the lost one. */
        RECOVERED,
        /** It is thrown away, and nothing was lost. */
        REHEARSED,
        GIVEN_UP
    }

    public Claim {
        ending = ending == null ? Optional.empty() : ending;
    }

    /** One that goes on. */
    public Claim(String format, int number, String run, String person, String reason, String target, Instant at) {
        this(format, number, run, person, reason, target, at, Optional.empty());
    }

    public Claim ended(Ending how) {
        return new Claim(format, number, run, person, reason, target, at, Optional.of(how));
    }

    /** Six digits, as it stands in the key. */
    public String digits() {
        return String.format("%06d", number);
    }
}
