package dev.windlass.workflows.protect;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** {@code windlass protect status}. Runs on the planning queue and changes nothing. */
@WorkflowInterface
public interface ProtectionStatusWorkflow {
    @WorkflowMethod(name = "ProtectionStatus")
    ProtectionStatus look(WatchRequest request);
}
