package dev.windlass.workflows.approvals;

import dev.windlass.workflows.audit.AuditEvent;
import io.temporal.workflow.Workflow;
import java.util.SortedMap;
import java.util.TreeMap;

/** One entry of the audit log, always of the kind REFUSED. */
public final class RefusalWorkflowImpl implements RefusalWorkflow {
    @Override
    public void record(RefusedAnswer refused) {
        SortedMap<String, String> details = new TreeMap<>();
        details.put("approval", refused.approval());
        details.put("refusal", refused.refusal().name());
        details.put("detail", refused.detail());
        details.put("door", refused.door());
        QuestionStubs.audit()
                .record(new AuditEvent(
                        Workflow.getInfo().getWorkflowId(),
                        AuditEvent.Kind.REFUSED,
                        Workflow.getInfo().getWorkflowId(),
                        Workflow.getInfo().getRunId(),
                        "unproven: " + refused.speaker(),
                        "answer refused at the door: " + refused.refusal().words(),
                        details));
    }
}
