package dev.windlass.activities.deploy;

import dev.windlass.workflows.kernel.Quantities;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Counts the requests that a version has answered, and how. */
final class Traffic {
    /** Requests that took longer count as this long. */
    private static final int LONGEST_MILLIS = 120_000;

    private final Optional<String> address;
    private final Optional<String> otherAddress;
    private final double settled;
    private final int[] byMillis = new int[LONGEST_MILLIS + 1];
    private long requests;
    private long timed;
    private long errors;
    private long astray;

    private Traffic(Optional<String> address, Optional<String> otherAddress, double settled) {
        this.address = address;
        this.otherAddress = otherAddress;
        this.settled = settled;
    }

    /** @param settled requests that begin later must not go to the other address any more */
    static Traffic to(String address, String otherAddress, Instant settled) {
        return new Traffic(Optional.of(address), Optional.of(otherAddress), settled.toEpochMilli() / 1000.0);
    }

    /** Wherever it goes. */
    static Traffic all() {
        return new Traffic(Optional.empty(), Optional.empty(), 0);
    }

    void count(AccessLine line) {
        if (otherAddress.filter(line.upstream()::equals).isPresent() && line.begun() > settled) {
            astray++;
        }
        if (address.isPresent() && !address.get().equals(line.upstream())) {
            return;
        }
        requests++;
        errors += line.isError() ? 1 : 0;
        if (!line.isWebSocket()) {
            count(Duration.ofMillis(Math.round(line.seconds() * 1000)));
        }
    }

    void countGood(Duration time) {
        requests++;
        count(time);
    }

    void countFailed(Duration time) {
        errors++;
        countGood(time);
    }

    private void count(Duration time) {
        timed++;
        byMillis[(int) Math.clamp(time.toMillis(), 0L, LONGEST_MILLIS)]++;
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
