package dev.windlass.workflows.audit;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

@ActivityInterface
public interface AuditPlanningActivities {
    @ActivityMethod(name = "ListAudit")
    AuditEntries list(AuditQuestion question);

    /** Follows the whole chain, and compares it with the copies in the bucket. */
    @ActivityMethod(name = "VerifyAudit")
    AuditVerification verify();
}
