package dev.windlass.workflows.stagingsync;

import dev.windlass.workflows.kernel.Plan;

public final class StagingSyncPlanWorkflowImpl implements StagingSyncPlanWorkflow {
    @Override
    public Plan plan(StagingSyncRequest request) {
        return StagingSyncStubs.looking("plan, and change nothing")
                .plan(request)
                .plan();
    }
}
