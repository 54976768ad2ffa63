package dev.windlass.starter.terminal;

import dev.windlass.workflows.kernel.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalDouble;

/** One phase of one activity, from its first heartbeat on. */
final class Phase {
    /** The rate is that of the last seconds: a dump of many small tables and a big one has no meaningful average. */
    private static final Duration WINDOW = Duration.ofSeconds(15);

    private record Sample(Instant at, long done) {}

    private final Instant began;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private Progress latest;
    private Instant seen;

    Phase(Progress first, Instant now) {
        this.began = now;
        this.latest = first;
        this.seen = now;
        samples.add(new Sample(now, first.done()));
    }

    void advance(Progress progress, Instant now) {
        if (progress.done() < latest.done()) {
            // A new attempt begins again.
            samples.clear();
        }
        latest = progress;
        seen = now;
        samples.addLast(new Sample(now, progress.done()));
        while (samples.size() > 2 && samples.getFirst().at().isBefore(now.minus(WINDOW))) {
            samples.removeFirst();
        }
    }

    Progress latest() {
        return latest;
    }

    Duration lasted() {
        return Duration.between(began, seen);
    }

    /** Units each second. */
    OptionalDouble rate() {
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        double seconds = Duration.between(first.at(), last.at()).toMillis() / 1000.0;
        long moved = last.done() - first.done();
        return seconds > 0 && moved > 0 ? OptionalDouble.of(moved / seconds) : OptionalDouble.empty();
    }

    Optional<Double> fraction() {
        return latest.total()
                .filter(total -> total > 0)
                // A total is often an estimate.
                .map(total -> Math.min(1.0, (double) latest.done() / total));
    }

    Optional<Duration> remaining() {
        OptionalDouble rate = rate();
        if (rate.isEmpty()) {
            return Optional.empty();
        }
        return latest.total()
                .filter(total -> total > latest.done())
                .map(total -> Duration.ofSeconds(Math.round((total - latest.done()) / rate.getAsDouble())));
    }
}
