package dev.windlass.workflows.recovery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A cluster restored by pgBackRest, with its WAL replayed.
 *
 * @param backup label of what WAL was replayed onto
 * @param last when the last transaction that is there was committed, by the lost server's clock; empty when none followed
 *     the backup
 * @param findings what a person should know: backups that were passed over, WAL that ended early; a line each
 */
public record ReplayedCluster(
        String backup, Optional<Instant> last, Duration restore, Duration replay, List<String> findings) {
    public ReplayedCluster {
        // A run that an earlier version began has none.
        findings = findings == null ? List.of() : List.copyOf(findings);
    }
}
