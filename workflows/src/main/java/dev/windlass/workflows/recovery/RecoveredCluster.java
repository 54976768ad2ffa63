package dev.windlass.workflows.recovery;

import java.util.List;

/** The cluster of a recovered machine, where it came from its physical backup. */
public record RecoveredCluster(LostCluster lost, ReplayedCluster replayed, List<ReadDatabase> databases) {
    public RecoveredCluster {
        databases = List.copyOf(databases);
    }
}
