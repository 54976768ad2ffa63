package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.Plan;
import java.util.List;

/**
 * @param removals what retention lets go now
 * @param kept what it would let go but for a reason, one line each
 */
public record PrunePlan(Plan plan, List<Removal> removals, List<String> kept) {
    public PrunePlan {
        removals = List.copyOf(removals);
        kept = List.copyOf(kept);
    }
}
