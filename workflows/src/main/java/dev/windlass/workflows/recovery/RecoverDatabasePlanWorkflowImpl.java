package dev.windlass.workflows.recovery;

import dev.windlass.workflows.kernel.Plan;
import java.util.Optional;

public final class RecoverDatabasePlanWorkflowImpl implements RecoverDatabasePlanWorkflow {
    @Override
    public Plan plan(RecoverDatabaseRequest request) {
        RecoveryPlanningActivities planning = RecoveryStubs.planning("plan, and change nothing");
        return planning.plan(new RecoverDatabasePlanOrder(request, planning.observe(request), Optional.empty()))
                .plan();
    }
}
