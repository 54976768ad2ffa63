package dev.windlass.workflows.recovery;

import dev.windlass.workflows.kernel.Plan;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** {@code windlass plan recover database}. Runs on the planning queue and changes nothing. */
@WorkflowInterface
public interface RecoverDatabasePlanWorkflow {
    @WorkflowMethod(name = "PlanRecoverDatabase")
    Plan plan(RecoverDatabaseRequest request);
}
