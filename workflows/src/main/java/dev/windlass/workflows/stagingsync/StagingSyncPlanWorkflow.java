package dev.windlass.workflows.stagingsync;

import dev.windlass.workflows.kernel.Plan;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** {@code windlass plan staging-sync}. Runs on the planning queue and changes nothing. */
@WorkflowInterface
public interface StagingSyncPlanWorkflow {
    @WorkflowMethod(name = "PlanStagingSync")
    Plan plan(StagingSyncRequest request);
}
