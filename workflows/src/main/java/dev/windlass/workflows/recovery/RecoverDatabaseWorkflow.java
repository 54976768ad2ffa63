package dev.windlass.workflows.recovery;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** {@code windlass recover database}. */
@WorkflowInterface
public interface RecoverDatabaseWorkflow {
    @WorkflowMethod(name = "RecoverDatabase")
    RecoverDatabaseOutcome run(RecoverDatabaseRequest request);
}
