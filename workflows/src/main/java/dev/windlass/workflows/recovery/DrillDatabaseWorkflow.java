package dev.windlass.workflows.recovery;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Recovers a database out of the bucket beside the live one, measures it, and removes the copy. */
@WorkflowInterface
public interface DrillDatabaseWorkflow {
    @WorkflowMethod(name = "DrillDatabase")
    DrillOutcome run(DrillRequest request);
}
