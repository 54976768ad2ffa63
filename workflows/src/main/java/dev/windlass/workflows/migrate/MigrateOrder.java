package dev.windlass.workflows.migrate;

import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Step;

/**
 * @param step exactly what is done
 * @param before how the database stood when the plan was made
 * @param rehearsal what it must look like afterwards
 */
public record MigrateOrder(
        Step step, AppName app, EnvironmentName environment, MigrationState before, Rehearsal rehearsal) {}
