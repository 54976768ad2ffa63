package dev.windlass.activities.deploy;

import dev.windlass.activities.deploy.DokployApi.Answer;
import dev.windlass.activities.deploy.DokployOutcome.Undecided;
import dev.windlass.workflows.kernel.Quantities;
import java.time.Duration;
import java.util.Optional;

/** How long one step waits for Dokploy: through a restart, not through a night. */
final class DokployPatience {
    /**
     * @param silence how long it may not answer at all
     * @param lostAfter how long a deployment may be nowhere before it is asked for again
     * @param deadline of everything; below the time an attempt of the step has
     */
    record Timing(Duration poll, Duration silence, Duration lostAfter, Duration deadline) {
        static Timing usual() {
            return new Timing(
                    Duration.ofSeconds(2), Duration.ofMinutes(1), Duration.ofSeconds(60), Duration.ofMinutes(10));
        }
    }

    private final Timing timing;
    private final Waiting waiting;
    private final String waitedFor;
    private final long begun = System.nanoTime();
    private Optional<Long> silentSince = Optional.empty();

    /** @param waitedFor what has not ended when the deadline is over */
    DokployPatience(Timing timing, Waiting waiting, String waitedFor) {
        this.timing = timing;
        this.waiting = waiting;
        this.waitedFor = waitedFor;
    }

    /** Dokploy answered; @return what it comes to when the time is over */
    Optional<DokployOutcome> wait(String words) {
        silentSince = Optional.empty();
        return pause(timing.poll(), words);
    }

    /** The same when it did not. Who says when to come again is there. */
    Optional<DokployOutcome> wait(Answer.None none) {
        String words = "Dokploy does not answer: " + none.reason();
        long now = System.nanoTime();
        if (none.isLimited()) {
            silentSince = Optional.empty();
        } else if (silentSince.isEmpty()) {
            silentSince = Optional.of(now);
        } else if (Duration.ofNanos(now - silentSince.get()).compareTo(timing.silence()) > 0) {
            return Optional.of(new Undecided(words, "unreachable"));
        }
        return pause(none.retryAfter().orElse(timing.poll()), words);
    }

    boolean isLost(long seen) {
        return Duration.ofNanos(System.nanoTime() - seen).compareTo(timing.lostAfter()) > 0;
    }

    private Optional<DokployOutcome> pause(Duration wait, String words) {
        Duration taken = Duration.ofNanos(System.nanoTime() - begun);
        if (taken.compareTo(timing.deadline()) > 0) {
            return Optional.of(new Undecided(
                    waitedFor + " has not ended after " + Quantities.time(taken) + ": " + words, "without-end"));
        }
        waiting.pause(wait, "dokploy", words);
        return Optional.empty();
    }
}
