package dev.windlass.workflows.audit;

public final class AuditVerifyWorkflowImpl implements AuditVerifyWorkflow {
    @Override
    public AuditVerification verify() {
        return Audit.looking().verify();
    }
}
