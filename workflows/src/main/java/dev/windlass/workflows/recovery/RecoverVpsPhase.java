package dev.windlass.workflows.recovery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A step of the run, for whoever watches.
 *
 * @param name the step's id
 * @param title what is done, in a sentence without a full stop
 * @param began empty while it waits
 * @param took empty until it has ended
 */
public record RecoverVpsPhase(
        String name, String title, State state, Optional<Instant> began, Optional<Duration> took) {
    public enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILED
    }
}
