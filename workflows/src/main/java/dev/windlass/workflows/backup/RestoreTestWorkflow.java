package dev.windlass.workflows.backup;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** The monthly question: does the copy in the bucket still restore? Also {@code windlass backup verify}. */
@WorkflowInterface
public interface RestoreTestWorkflow {
    @WorkflowMethod(name = "RestoreTest")
    RestoreTestOutcome run(RestoreTestRequest request);
}
