package dev.windlass.workflows.migrate;

import java.util.List;
import java.util.Optional;

/**
 * The answer to {@code windlass plan migrate}.
 *
 * @param plan none when nothing is pending
 */
public record PlannedMigrations(List<String> applied, Optional<MigratePlan> plan) {
    public PlannedMigrations {
        applied = List.copyOf(applied);
    }
}
