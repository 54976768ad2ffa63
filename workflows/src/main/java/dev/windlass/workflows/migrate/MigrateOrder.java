package dev.windlass.workflows.migrate;

import dev.windlass.workflows.deploy.RunningApp;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.migrate.MigrateObservation.ProvenSet;
import java.util.Objects;
import java.util.Optional;

/**
 * @param step exactly what is done
 * @param before how the database stood when the plan was made
 * @param rehearsal what it must look like afterwards
 * @param serving as in {@link MigrateObservation#serving}
 * @param restorePoint what the database is put back from; empty where that is not the way back, or it is not made yet
 */
public record MigrateOrder(
        Step step,
        AppName app,
        EnvironmentName environment,
        MigrationState before,
        Rehearsal rehearsal,
        Optional<RunningApp> serving,
        Optional<ProvenSet> restorePoint) {
    /** Runs that were begun before there were any have none. */
    public MigrateOrder {
        restorePoint = Objects.requireNonNullElse(restorePoint, Optional.empty());
    }

    static MigrateOrder of(MigrateRequest request, MigratePlan plan, Step step, Optional<ProvenSet> restorePoint) {
        return new MigrateOrder(
                step,
                request.app(),
                request.environment(),
                plan.observation().state(),
                plan.rehearsal(),
                plan.observation().serving(),
                restorePoint);
    }
}
