package dev.windlass.workflows.backup;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Dumps, encrypts, stores, restores and compares: a set counts only after that. */
@WorkflowInterface
public interface BackupWorkflow {
    @WorkflowMethod(name = "Backup")
    BackupOutcome run(BackupRequest request);
}
