package dev.windlass.workflows.migrate;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Rehearses on last night's data, asks, applies, verifies; or undoes. */
@WorkflowInterface
public interface MigrateWorkflow {
    @WorkflowMethod(name = "Migrate")
    MigrateOutcome run(MigrateRequest request);
}
