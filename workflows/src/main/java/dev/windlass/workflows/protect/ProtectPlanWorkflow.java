package dev.windlass.workflows.protect;

import dev.windlass.workflows.kernel.Plan;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** {@code windlass plan protect}: what such a run would do now. Runs on the planning queue and changes nothing. */
@WorkflowInterface
public interface ProtectPlanWorkflow {
    @WorkflowMethod(name = "PlanProtect")
    Plan plan(ProtectRequest request);
}
