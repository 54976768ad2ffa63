package dev.windlass.workflows.recovery;

import dev.windlass.workflows.kernel.Plan;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** {@code windlass plan drill database}: what a drill would do now. Runs on the planning queue and changes nothing. */
@WorkflowInterface
public interface DrillDatabasePlanWorkflow {
    @WorkflowMethod(name = "PlanDrillDatabase")
    Plan plan(DrillRequest request);
}
