package dev.windlass.workflows.migrate;

import dev.windlass.workflows.deploy.HealthReport;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Each is safe to run twice; how stands at its implementation. */
@ActivityInterface
public interface MigrateActivities {
    /** Changes nothing but a scratch cluster, which is gone afterwards. A migration that fails there is a report. */
    @ActivityMethod(name = "RehearseMigrations")
    Rehearsal rehearse(RehearseOrder order);

    /**
     * Applies what is pending, under lock_timeout and statement_timeout. Found applied already: that was an earlier
     * attempt.
     *
     * @throws io.temporal.failure.ApplicationFailure LOCKED (another migrator, or a table's lock in all attempts),
     *     PRECONDITION (a file or the database is not what was planned with), DATABASE_UNREACHABLE
     */
    @ActivityMethod(name = "ApplyMigrations")
    ApplyReport apply(MigrateOrder order);

    /** Nothing pending, nothing half-applied, the schema of the rehearsal, and the database's smoke queries true. */
    @ActivityMethod(name = "VerifyMigrations")
    SchemaReport verify(MigrateOrder order);

    /** Whether the app that serves answers well several times in a row, as a deploy asks of a new version. */
    @ActivityMethod(name = "CheckHealthAfterMigrations")
    HealthReport checkHealth(MigrateOrder order);

    /** Executes the undo of the step for what is applied now; harmless when nothing is. */
    @ActivityMethod(name = "UndoMigrations")
    void undo(MigrateOrder order);

    /**
     * The other undo: restores {@code order.restorePoint} beside the database, and lets the copy take its name. Without a
     * restore where the migrations have left nothing but the tool's record, or are not what changed it.
     *
     * @throws io.temporal.failure.ApplicationFailure RESTORE_FAILED, RESTORE_DIFFERS (the database was not touched then),
     *     LOCKED (its sessions do not end), PRECONDITION (it is neither there nor renamed), DISK_FULL, DATABASE_UNREACHABLE
     */
    @ActivityMethod(name = "PutDatabaseBack")
    PutBack putBack(MigrateOrder order);

    /** After the undo: the database stands as in {@code order.before}. */
    @ActivityMethod(name = "CheckMigrationsUndone")
    SchemaReport checkUndone(MigrateOrder order);
}
