package dev.windlass.activities.migrate;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Migrations;
import dev.windlass.runbooks.migrate.Place;

/** The real database of an app's environment, its files, and how both are looked at. */
record RealDatabase(
        MigrateParts parts,
        Migrations migrations,
        Place place,
        MigrationFiles files,
        Looking looking,
        StepContext context) {
    static RealDatabase of(MigrateParts parts, Migrations migrations, String tools, StepContext context) {
        Place place = Place.real(parts.operations(), migrations, tools);
        return new RealDatabase(
                parts,
                migrations,
                place,
                new MigrationFiles(migrations),
                new Looking(parts.backup(), migrations, place, place.reader(), context),
                context);
    }
}
