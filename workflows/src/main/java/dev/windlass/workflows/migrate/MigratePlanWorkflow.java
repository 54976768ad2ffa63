package dev.windlass.workflows.migrate;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** {@code windlass plan migrate}: looks and rehearses, and changes nothing but a scratch cluster. */
@WorkflowInterface
public interface MigratePlanWorkflow {
    @WorkflowMethod(name = "PlanOfMigrate")
    PlannedMigrations plan(MigrateRequest request);
}
