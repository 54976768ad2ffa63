package dev.windlass.activities.migrate;

import dev.windlass.activities.backup.BackupParts;
import dev.windlass.activities.backup.DatabaseLook;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Migrations;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.UnknownNameException;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.StepId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Everything the migration activities work with.
 *
 * @param lintDirectories where squawk is looked for
 * @param lockPatience how long a table's lock is asked for again and again
 */
public record MigrateParts(
        BackupParts backup, Requesters requesters, List<Path> lintDirectories, Duration lockPatience) {
    public MigrateParts {
        lintDirectories = List.copyOf(lintDirectories);
    }

    Operations operations() {
        return backup.operations();
    }

    StepContext context(StepId step) {
        return backup.context(step);
    }

    /** @throws io.temporal.failure.ApplicationFailure NOT_FOUND */
    Migrations migrations(AppName app, EnvironmentName environment) {
        try {
            operations().app(app).environment(environment);
            return operations()
                    .app(app)
                    .migrations(environment)
                    .orElseThrow(() -> MigrateFailures.noMigrations(app, environment));
        } catch (UnknownNameException unknown) {
            throw MigrateFailures.unknownName(unknown);
        }
    }

    /** The one database of an app and environment, as it stands now. */
    RealDatabase real(AppName app, EnvironmentName environment, StepContext context) {
        Migrations migrations = migrations(app, environment);
        var seen = new DatabaseLook(backup, context).at(migrations.database());
        return RealDatabase.of(this, migrations, seen.tools(), context);
    }
}
