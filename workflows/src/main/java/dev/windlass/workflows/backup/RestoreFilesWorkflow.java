package dev.windlass.workflows.backup;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** {@code windlass backup restore-files}: files of a set become a new directory, and it is compared. */
@WorkflowInterface
public interface RestoreFilesWorkflow {
    @WorkflowMethod(name = "RestoreFiles")
    RestoreFilesOutcome run(RestoreFilesRequest request);
}
