package dev.windlass.workflows.deploy;

import dev.windlass.workflows.kernel.Plan;

public final class DeployPlanWorkflowImpl implements DeployPlanWorkflow {
    @Override
    public Plan plan(DeployRequest request) {
        return DeployStubs.planning("look at what serves and plan the deploy")
                .planDeploy(request)
                .plan();
    }
}
