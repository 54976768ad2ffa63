package dev.windlass.workflows.backup;

import java.time.Duration;

/** A set that was restored and compared. A run that does not get there fails instead. */
public record BackupOutcome(Manifest manifest, Proof proof, Duration took, PruneReceipt pruned) {}
