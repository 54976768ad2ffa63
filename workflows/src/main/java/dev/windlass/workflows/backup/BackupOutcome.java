package dev.windlass.workflows.backup;

import java.time.Duration;
import java.util.List;

/**
 * A set that was restored and compared. A run that does not get there fails instead.
 *
 * @param undelivered notification channels that could not be reached, with the reason
 */
public record BackupOutcome(
        Manifest manifest, Proof proof, Duration took, PruneReceipt pruned, List<String> undelivered) {
    public BackupOutcome {
        undelivered = List.copyOf(undelivered);
    }
}
