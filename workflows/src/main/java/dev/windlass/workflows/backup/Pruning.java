package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.Locks;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.Timeline;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Retention: plans what may go, leaves out what other runs hold, and removes the rest. */
final class Pruning {
    private Pruning() {}

    static PruneReceipt prune(Timeline timeline, String requestedBy) {
        return timeline.during(
                BackupSteps.PRUNE,
                () -> carryOut(BackupStubs.planning("plan the retention").planPrune(new PruneRequest(requestedBy))));
    }

    static PruneReceipt carryOut(PrunePlan plan) {
        if (plan.removals().isEmpty()) {
            return new PruneReceipt(List.of(), plan.kept(), List.of(), 0);
        }
        Step step = plan.plan().step(BackupSteps.PRUNE);
        Set<String> wanted =
                plan.removals().stream().map(removal -> removal.set().lock()).collect(Collectors.toSet());
        return Locks.holdingThoseFree(
                wanted,
                free -> BackupStubs.brief(step)
                        .pruneSets(new PruneOrder(
                                step,
                                plan.removals().stream()
                                        .filter(removal ->
                                                free.contains(removal.set().lock()))
                                        .toList(),
                                plan.removals().stream()
                                        .map(Removal::set)
                                        .distinct()
                                        .filter(set -> !free.contains(set.lock()))
                                        .toList())));
    }
}
