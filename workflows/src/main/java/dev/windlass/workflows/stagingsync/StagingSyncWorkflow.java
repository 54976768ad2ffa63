package dev.windlass.workflows.stagingsync;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** {@code windlass staging-sync}. */
@WorkflowInterface
public interface StagingSyncWorkflow {
    @WorkflowMethod(name = "StagingSync")
    StagingSyncOutcome run(StagingSyncRequest request);
}
