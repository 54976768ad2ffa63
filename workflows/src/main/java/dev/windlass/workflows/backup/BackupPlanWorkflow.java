package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.Plan;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** {@code windlass plan backup …}: what such a run would do now. Runs on the planning queue and changes nothing. */
@WorkflowInterface
public interface BackupPlanWorkflow {
    @WorkflowMethod(name = "PlanBackupRunbook")
    Plan plan(PlanQuestion question);
}
