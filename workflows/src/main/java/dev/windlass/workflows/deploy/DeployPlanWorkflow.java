package dev.windlass.workflows.deploy;

import dev.windlass.workflows.kernel.Plan;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** {@code windlass plan deploy …}. Runs on the planning queue and changes nothing. */
@WorkflowInterface
public interface DeployPlanWorkflow {
    @WorkflowMethod(name = "PlanDeployRunbook")
    Plan plan(DeployRequest request);
}
