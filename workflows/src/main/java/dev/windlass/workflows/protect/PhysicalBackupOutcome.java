package dev.windlass.workflows.protect;

import java.time.Duration;
import java.util.List;

/** @param undelivered notification channels that could not be reached, with the reason */
public record PhysicalBackupOutcome(PhysicalBackup backup, Duration took, List<String> undelivered) {
    public PhysicalBackupOutcome {
        undelivered = List.copyOf(undelivered);
    }
}
