package dev.windlass.workflows.approvals;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Writes into the audit log what a door refused before it reached its question. It can say nothing else: whoever reaches
 * the Temporal port can start it, and gets no decision into the log.
 */
@WorkflowInterface
public interface RefusalWorkflow {
    @WorkflowMethod(name = "RecordRefusal")
    void record(RefusedAnswer refused);
}
