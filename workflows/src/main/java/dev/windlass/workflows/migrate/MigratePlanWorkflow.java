package dev.windlass.workflows.migrate;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.Optional;

/** {@code windlass plan migrate}: looks and rehearses, and changes nothing but a scratch cluster. */
@WorkflowInterface
public interface MigratePlanWorkflow {
    /** Empty when nothing is pending. */
    @WorkflowMethod(name = "PlanOfMigrate")
    Optional<MigratePlan> plan(MigrateRequest request);
}
