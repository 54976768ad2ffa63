package dev.windlass.workflows.backup;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** {@code windlass backup restore}: a set becomes a new database, and the new database is compared. */
@WorkflowInterface
public interface RestoreWorkflow {
    @WorkflowMethod(name = "Restore")
    RestoreOutcome run(RestoreRequest request);
}
