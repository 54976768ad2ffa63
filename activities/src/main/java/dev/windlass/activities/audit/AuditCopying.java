package dev.windlass.activities.audit;

import dev.windlass.activities.storage.ObjectStore;

/** Sends the log's new entries to the bucket; whoever calls it decides how often. */
public final class AuditCopying {
    private final AuditLog log;
    private final ObjectStore store;

    public AuditCopying(AuditLog log, ObjectStore store) {
        this.log = log;
        this.store = store;
    }

    /**
     * Safe to repeat: it asks the bucket what is there.
     *
     * @return how many entries were sent
     */
    public long copy() {
        return new AuditCopies(store, AuditPlanningActivitiesImpl.looking()).copy(log.lines());
    }
}
