package dev.windlass.workflows.audit;

public final class AuditShowWorkflowImpl implements AuditShowWorkflow {
    @Override
    public AuditEntries show(AuditQuestion question) {
        return Audit.looking().list(question);
    }
}
