package dev.windlass.workflows.protect;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Configures pgBackRest, lets the cluster archive through it, and makes the first full backup. */
@WorkflowInterface
public interface ProtectWorkflow {
    @WorkflowMethod(name = "Protect")
    ProtectOutcome run(ProtectRequest request);
}
