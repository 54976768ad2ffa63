package dev.windlass.workflows.recovery;

import dev.windlass.workflows.backup.SetId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a recovery is.
 *
 * @param began of the run; what has passed since is the watcher's to reckon
 * @param phases in the order in which they run; empty until there is a plan
 * @param notes what was found on the way, such as a damaged set, a line each
 */
public record RecoverVpsProgress(
        Instant began, Duration budget, Optional<SetId> set, List<RecoverVpsPhase> phases, List<String> notes) {
    public RecoverVpsProgress {
        phases = List.copyOf(phases);
        notes = List.copyOf(notes);
    }
}
