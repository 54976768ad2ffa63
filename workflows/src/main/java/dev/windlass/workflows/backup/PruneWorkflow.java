package dev.windlass.workflows.backup;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** {@code windlass backup prune}: retention by calendar, by hand. */
@WorkflowInterface
public interface PruneWorkflow {
    @WorkflowMethod(name = "Prune")
    PruneReceipt run(PruneRequest request);
}
