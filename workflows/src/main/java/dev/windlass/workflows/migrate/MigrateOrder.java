package dev.windlass.workflows.migrate;

import dev.windlass.workflows.deploy.RunningApp;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Step;
import java.util.Optional;

/**
 * @param step exactly what is done
 * @param before how the database stood when the plan was made
 * @param rehearsal what it must look like afterwards
 * @param serving as in {@link MigrateObservation#serving}
 */
public record MigrateOrder(
        Step step,
        AppName app,
        EnvironmentName environment,
        MigrationState before,
        Rehearsal rehearsal,
        Optional<RunningApp> serving) {}
