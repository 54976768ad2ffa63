package dev.windlass.activities.audit;

import dev.windlass.workflows.audit.AuditActivities;
import dev.windlass.workflows.audit.AuditEvent;

public final class AuditActivitiesImpl implements AuditActivities {
    private final AuditLog log;

    public AuditActivitiesImpl(AuditLog log) {
        this.log = log;
    }

    /** Safe to run twice: the log finds the event's id. */
    @Override
    public void record(AuditEvent event) {
        log.append(event);
    }
}
