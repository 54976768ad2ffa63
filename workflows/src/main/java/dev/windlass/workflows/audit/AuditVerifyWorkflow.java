package dev.windlass.workflows.audit;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** {@code windlass audit verify}. Runs on the planning queue and changes nothing. */
@WorkflowInterface
public interface AuditVerifyWorkflow {
    @WorkflowMethod(name = "VerifyAuditLog")
    AuditVerification verify();
}
