package dev.windlass.workflows.audit;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** {@code windlass audit show}. Runs on the planning queue and changes nothing. */
@WorkflowInterface
public interface AuditShowWorkflow {
    @WorkflowMethod(name = "ShowAudit")
    AuditEntries show(AuditQuestion question);
}
