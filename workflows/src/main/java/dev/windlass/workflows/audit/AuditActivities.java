package dev.windlass.workflows.audit;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

@ActivityInterface
public interface AuditActivities {
    /** Appends the event to the chain, unless it stands there already. */
    @ActivityMethod(name = "RecordAudit")
    void record(AuditEvent event);
}
