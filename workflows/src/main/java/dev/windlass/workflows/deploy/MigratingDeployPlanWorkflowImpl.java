package dev.windlass.workflows.deploy;

public final class MigratingDeployPlanWorkflowImpl implements MigratingDeployPlanWorkflow {
    @Override
    public MigratingDeployPlan plan(DeployRequest request) {
        DeployStubs.planning("look at what serves and plan the deploy").planDeploy(request);
        return Preparing.of(request).rehearse().plan("plan the migrations and the deploy");
    }
}
