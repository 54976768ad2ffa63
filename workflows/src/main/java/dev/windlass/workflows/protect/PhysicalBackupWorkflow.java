package dev.windlass.workflows.protect;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** One physical backup, and then what it makes superfluous goes. */
@WorkflowInterface
public interface PhysicalBackupWorkflow {
    @WorkflowMethod(name = "PhysicalBackup")
    PhysicalBackupOutcome run(PhysicalBackupRequest request);
}
