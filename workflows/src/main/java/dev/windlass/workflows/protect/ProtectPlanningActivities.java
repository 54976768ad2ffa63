package dev.windlass.workflows.protect;

import dev.windlass.workflows.kernel.Plan;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Looks and decides; changes nothing. */
@ActivityInterface
public interface ProtectPlanningActivities {
    /**
     * @throws io.temporal.failure.ApplicationFailure NOT_FOUND (no such cluster), PRECONDITION (somebody else's
     *     archive_command that nobody accepted, another data directory, a standby, no superuser), TOOL_MISSING,
     *     TOOL_TOO_OLD, CONFIGURATION (a pgBackRest that cannot write to R2), DATABASE_UNREACHABLE
     */
    @ActivityMethod(name = "PlanProtectCluster")
    ProtectPlan planProtect(ProtectRequest request);

    @ActivityMethod(name = "PlanPhysicalBackup")
    Plan planBackup(PhysicalBackupRequest request);

    /**
     * @throws io.temporal.failure.ApplicationFailure NOT_FOUND, DATABASE_UNREACHABLE, PRECONDITION (no database has the
     *     extension amcheck)
     */
    @ActivityMethod(name = "PlanStructureCheck")
    StructureCheckPlan planStructureCheck(StructureCheckRequest request);

    /** A server or a bucket that does not answer is a finding, not a failure. */
    @ActivityMethod(name = "LookAtProtection")
    ProtectionStatus look(WatchRequest request);
}
