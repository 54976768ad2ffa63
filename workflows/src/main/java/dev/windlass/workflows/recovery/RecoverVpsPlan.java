package dev.windlass.workflows.recovery;

import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.kernel.Plan;
import java.util.List;
import java.util.Optional;

/**
 * @param left what the plan does not do
 * @param cluster where databases come from its physical backup; else they come from the set
 * @param notes why they do not, where somebody may wonder; a line each
 */
public record RecoverVpsPlan(
        Plan plan, Manifest manifest, List<LeftToDo> left, Optional<LostCluster> cluster, List<String> notes) {
    public RecoverVpsPlan {
        left = List.copyOf(left);
        // A run that an earlier version began has none.
        notes = notes == null ? List.of() : List.copyOf(notes);
    }
}
