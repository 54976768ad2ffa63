package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.Locks;
import dev.windlass.workflows.kernel.Timeline;
import java.time.Duration;
import java.util.List;

public final class PruneWorkflowImpl implements PruneWorkflow {
    @Override
    public PruneReceipt run(PruneRequest request) {
        return Locks.holding(List.of(BackupWorkflowImpl.LOCK), Duration.ofMinutes(5), () -> {
            PrunePlan plan = BackupStubs.planning("plan the retention").planPrune(request);
            return new Timeline(plan.plan()).during(BackupSteps.PRUNE, () -> Pruning.carryOut(plan));
        });
    }
}
