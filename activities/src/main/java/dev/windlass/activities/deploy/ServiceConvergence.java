package dev.windlass.activities.deploy;

import dev.windlass.activities.deploy.Convergence.Look;
import dev.windlass.activities.deploy.SwarmState.Verdict;
import java.time.Duration;

/** Waits until Swarm runs an image, or has given it up. */
final class ServiceConvergence {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ServiceStep step;
    private final ServiceLook look;

    ServiceConvergence(ServiceStep step) {
        this.step = step;
        this.look = step.look();
    }

    /** @return {@link Verdict.Underway} when the time is over */
    Verdict wait(PinnedImage wanted, Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        while (true) {
            Verdict verdict = now(wanted);
            if (!(verdict instanceof Verdict.Underway underway) || System.nanoTime() > deadline) {
                return verdict;
            }
            step.pause(PAUSE, "swarm", underway.words());
        }
    }

    /**
     * A docker that does not answer for a moment has decided nothing. An update to something else has: what is waited for
     * here was asked for before.
     */
    Verdict now(PinnedImage wanted) {
        return switch (look.swarm()) {
            case Look.Unseen unseen -> new Verdict.Underway("docker does not answer: " + unseen.reason());
            case Look.Seen seen ->
                seen.state().verdict(wanted) instanceof Verdict.Underway
                                && !seen.state().isSetTo(wanted)
                        ? seen.state().setToOther(wanted)
                        : seen.state().verdict(wanted);
        };
    }
}
