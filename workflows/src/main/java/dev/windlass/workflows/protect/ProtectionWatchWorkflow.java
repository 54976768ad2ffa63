package dev.windlass.workflows.protect;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Looks, and tells people once when something is wrong and once when it is over. */
@WorkflowInterface
public interface ProtectionWatchWorkflow {
    @WorkflowMethod(name = "ProtectionWatch")
    WatchOutcome run(WatchRequest request);
}
