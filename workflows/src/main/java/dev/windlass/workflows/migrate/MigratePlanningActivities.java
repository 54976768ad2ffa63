package dev.windlass.workflows.migrate;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Looks and decides; changes nothing. */
@ActivityInterface
public interface MigratePlanningActivities {
    /**
     * Looks at the database, the files, the lint and the backups.
     *
     * @throws io.temporal.failure.ApplicationFailure NOT_FOUND (app, environment, no migrations in ops.yml, no proven
     *     set), PRECONDITION (a half-applied migration, an applied one whose file has changed, destructive findings that
     *     nobody accepted, a way back by restore that nobody accepted or that cannot be gone), TOOL_MISSING, DATABASE_UNREACHABLE
     */
    @ActivityMethod(name = "ObserveMigrations")
    MigrateObservation observeMigrations(MigrateRequest request);

    /** Whether a set can be restored here and now: whole in the backup directory, with its identity on this machine. */
    @ActivityMethod(name = "SeeRestorePoint")
    boolean isRestorable(MigrateObservation.ProvenSet set);

    @ActivityMethod(name = "PlanMigrate")
    MigratePlan planMigrate(MigratePlanOrder order);
}
