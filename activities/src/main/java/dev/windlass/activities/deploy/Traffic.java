package dev.windlass.activities.deploy;

import dev.windlass.workflows.kernel.Quantities;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Counts what the access log says of a version. */
final class Traffic {
    /** Requests that took longer count as this long. */
    private static final int LONGEST_MILLIS = 120_000;

    private final String address;
    private final String otherAddress;
    private final double settled;
    private final int[] byMillis = new int[LONGEST_MILLIS + 1];
    private long requests;
    private long timed;
    private long errors;
    private long astray;

    /** @param settled requests that begin later must not go to the other address any more */
    Traffic(String address, String otherAddress, Instant settled) {
        this.address = address;
        this.otherAddress = otherAddress;
        this.settled = settled.toEpochMilli() / 1000.0;
    }

    void count(AccessLine line) {
        if (line.upstream().equals(otherAddress) && line.begun() > settled) {
            astray++;
        }
        if (!line.upstream().equals(address)) {
            return;
        }
        requests++;
        errors += line.isError() ? 1 : 0;
        if (!line.isWebSocket()) {
            timed++;
            byMillis[(int) Math.clamp(Math.round(line.seconds() * 1000), 0L, LONGEST_MILLIS)]++;
        }
    }

    long requests() {
        return requests;
    }

    /** How many went on to the old version although it no longer serves. */
    long astray() {
        return astray;
    }

    double errorShare() {
        return requests == 0 ? 0 : (double) errors / requests;
    }

    Duration p95() {
        long wanted = (long) Math.ceil(timed * 0.95);
        long seen = 0;
        for (int millis = 0; millis <= LONGEST_MILLIS; millis++) {
            seen += byMillis[millis];
            if (seen >= wanted) {
                return Duration.ofMillis(millis);
            }
        }
        return Duration.ofMillis(LONGEST_MILLIS);
    }

    String words() {
        return Quantities.plural(requests, "request") + ", " + percent(errorShare()) + " failed, p95 "
                + Quantities.count(p95().toMillis()) + " ms";
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", share * 100);
    }
}
