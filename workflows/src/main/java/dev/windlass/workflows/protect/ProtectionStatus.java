package dev.windlass.workflows.protect;

import dev.windlass.workflows.kernel.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a cluster's protection stands. What could not be found out is empty, and then a finding says why.
 *
 * @param lastArchived the newest WAL segment that was sent
 * @param waiting segments that are finished and not sent yet
 * @param waitingFor how long the oldest of them has waited
 * @param failed how often archive_command has failed since the statistics were reset
 * @param walBytes size of pg_wal
 * @param position where the server writes
 */
public record ProtectionStatus(
        ClusterName cluster,
        Instant seenAt,
        Optional<String> position,
        Optional<String> lastArchived,
        Optional<Instant> lastArchivedAt,
        long waiting,
        Duration waitingFor,
        long failed,
        long walBytes,
        Optional<PhysicalBackup> newestFull,
        Optional<PhysicalBackup> newest,
        List<ProtectionFinding> findings) {
    public ProtectionStatus {
        findings = List.copyOf(findings);
    }
}
