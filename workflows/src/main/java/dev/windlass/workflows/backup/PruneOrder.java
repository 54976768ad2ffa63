package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.Step;
import java.util.List;

/** @param removals what retention allows, less what other runs hold; decided again before anything is deleted */
public record PruneOrder(Step step, List<Removal> removals, List<SetId> inUse) {
    public PruneOrder {
        removals = List.copyOf(removals);
        inUse = List.copyOf(inUse);
    }
}
