package dev.windlass.activities.deploy;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.deploy.SchemaObservation;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;

/** Tells which migrations an app's database has. A database that is away is told, not thrown: a fix may be on its way. */
@FunctionalInterface
public interface SchemaLook {
    SchemaObservation look(AppName app, EnvironmentName environment, StepContext context);
}
