package dev.windlass.workflows.backup;

import java.time.Duration;
import java.util.List;

/** @param undelivered notification channels that could not be reached, with the reason */
public record RestoreTestOutcome(Proof proof, Duration took, List<String> undelivered) {
    public RestoreTestOutcome {
        undelivered = List.copyOf(undelivered);
    }
}
