package dev.windlass.workflows.recovery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A cluster restored by pgBackRest, with its WAL replayed.
 *
 * @param backup label of what WAL was replayed onto
 * @param last when the last transaction that is there was committed, by the lost server's clock; empty when none followed
 *     the backup
 */
public record ReplayedCluster(String backup, Optional<Instant> last, Duration restore, Duration replay) {}
