package dev.windlass.workflows.backup;

import dev.windlass.workflows.audit.Audit;
import dev.windlass.workflows.kernel.Locks;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Timeline;
import java.time.Duration;
import java.util.List;

public final class PruneWorkflowImpl implements PruneWorkflow {
    @Override
    public PruneReceipt run(PruneRequest request) {
        return Audit.during("prune", request.requestedBy(), Sorted.of(), () -> prune(request));
    }

    private static PruneReceipt prune(PruneRequest request) {
        return Locks.holding(List.of(BackupWorkflowImpl.LOCK), Duration.ofMinutes(5), () -> {
            PrunePlan plan = BackupStubs.planning("plan the retention").planPrune(request);
            return new Timeline(plan.plan()).during(BackupSteps.PRUNE, () -> Pruning.carryOut(plan));
        });
    }
}
