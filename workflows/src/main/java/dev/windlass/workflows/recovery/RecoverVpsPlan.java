package dev.windlass.workflows.recovery;

import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.kernel.Plan;
import java.util.List;
import java.util.Optional;

/**
 * @param left what the plan does not do
 * @param cluster where databases come from its physical backup; else they come from the set
 * @param notes why they do not, where somebody may wonder; a line each
 * @param apps that the plan brings to serve, in this order
 */
public record RecoverVpsPlan(
        Plan plan,
        Manifest manifest,
        List<LeftToDo> left,
        Optional<LostCluster> cluster,
        List<String> notes,
        List<LostApp> apps) {
    public RecoverVpsPlan {
        left = List.copyOf(left);
        // A run that an earlier version began has none.
        notes = notes == null ? List.of() : List.copyOf(notes);
        apps = apps == null ? List.of() : List.copyOf(apps);
    }
}
