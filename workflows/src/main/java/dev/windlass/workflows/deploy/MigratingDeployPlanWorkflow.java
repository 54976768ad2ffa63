package dev.windlass.workflows.deploy;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** {@code windlass plan deploy … --migrate}: looks and rehearses, and changes nothing but a scratch cluster. */
@WorkflowInterface
public interface MigratingDeployPlanWorkflow {
    @WorkflowMethod(name = "PlanOfMigratingDeploy")
    MigratingDeployPlan plan(DeployRequest request);
}
