package dev.windlass.activities.migrate;

import dev.windlass.activities.deploy.SchemaLook;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Migrations;
import dev.windlass.runbooks.deploy.SchemaObservation;
import dev.windlass.runbooks.deploy.SchemaObservation.Marked;
import dev.windlass.runbooks.migrate.Place;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.migrate.AppliedMigration;
import dev.windlass.workflows.migrate.Migration;
import dev.windlass.workflows.migrate.Migration.Phase;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Optional;

/** What the tool has recorded as applied in an app's database, each with the mark of its file. */
public final class AppliedMigrations implements SchemaLook {
    private final MigrateParts parts;

    public AppliedMigrations(MigrateParts parts) {
        this.parts = parts;
    }

    @Override
    public SchemaObservation look(AppName app, EnvironmentName environment, StepContext context) {
        return parts.operations()
                .app(app)
                .migrations(environment)
                .map(migrations -> look(migrations, context))
                .orElseGet(SchemaObservation.LeftAlone::new);
    }

    private SchemaObservation look(Migrations migrations, StepContext context) {
        List<AppliedMigration> applied;
        try {
            applied = rows(migrations, context);
        } catch (ApplicationFailure away) {
            return new SchemaObservation.Unseen(fact(away));
        }
        try {
            List<Migration> files = new MigrationFiles(migrations).all();
            return new SchemaObservation.Seen(
                    applied.stream()
                            .map(each -> new Marked(each, phase(each, files)))
                            .toList(),
                    Optional.empty());
        } catch (ApplicationFailure unreadable) {
            return new SchemaObservation.Seen(
                    applied.stream()
                            .map(each -> new Marked(each, Phase.UNMARKED))
                            .toList(),
                    Optional.of(fact(unreadable)));
        }
    }

    /** The programs of PostgreSQL are not needed for it. */
    private List<AppliedMigration> rows(Migrations migrations, StepContext context) {
        Place place = Place.real(parts.operations(), migrations, "");
        Database reader = place.reader();
        return new Looking(parts.backup(), migrations, place, reader, context)
                .rows().stream()
                        .filter(Looking.Row::isApplied)
                        .map(Looking.Row::migration)
                        .toList();
    }

    /** What another file says under this name says nothing of what was applied. */
    private static Phase phase(AppliedMigration applied, List<Migration> files) {
        return files.stream()
                .filter(file ->
                        file.name().equals(applied.name()) && file.checksum().equals(applied.checksum()))
                .map(Migration::phase)
                .findFirst()
                .orElse(Phase.UNMARKED);
    }

    private static String fact(ApplicationFailure failed) {
        return Failure.in(failed).map(Failure::fact).orElseGet(() -> Failure.messageOf(failed));
    }
}
