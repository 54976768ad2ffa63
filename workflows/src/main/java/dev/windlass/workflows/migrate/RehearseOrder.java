package dev.windlass.workflows.migrate;

import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Step;

/** @param step restores the set into a scratch cluster, applies, undoes and applies again */
public record RehearseOrder(
        Step step, AppName app, EnvironmentName environment, MigrateObservation.ProvenSet set, MigrationState state) {}
