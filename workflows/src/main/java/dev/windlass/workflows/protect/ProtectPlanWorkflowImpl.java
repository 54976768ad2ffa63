package dev.windlass.workflows.protect;

import dev.windlass.workflows.kernel.Plan;

public final class ProtectPlanWorkflowImpl implements ProtectPlanWorkflow {
    @Override
    public Plan plan(ProtectRequest request) {
        return ProtectStubs.planning("plan, and change nothing")
                .planProtect(request)
                .plan();
    }
}
