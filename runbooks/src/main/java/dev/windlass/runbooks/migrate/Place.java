package dev.windlass.runbooks.migrate;

import dev.windlass.runbooks.backup.ScratchCommands;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Migrations;
import dev.windlass.runbooks.config.Operations;
import java.util.Optional;

/**
 * Where migrations run: the real database, or last night's copy of it in a scratch cluster. Slot: {@code token}.
 *
 * @param connection what plans call it: the database's name in ops.yml, or {@code scratch}
 * @param reader who may look at everything
 * @param owner who changes it
 * @param tools directory of psql and pg_dump
 * @param schema the file that a schema is written to, to be compared
 */
public record Place(String connection, Database reader, Database owner, String tools, String schema) {
    public static Place real(Operations operations, Migrations migrations, String tools) {
        Database database = operations.database(migrations.database());
        return new Place(
                database.name().value(),
                database,
                owner(database, migrations),
                tools,
                operations.state() + "/migrate/{token}.schema.sql");
    }

    /** The copy in the cluster that {@link ScratchCommands} makes, where everything is done as its superuser. */
    public static Place scratch(Operations operations, Migrations migrations, String tools) {
        Database original = operations.database(migrations.database());
        String directory =
                ScratchCommands.directoryIn(operations.backup().scratch().directory());
        Database copy = new Database(
                original.name(),
                original.database(),
                original.environment(),
                directory,
                ScratchCommands.PORT,
                ScratchCommands.SUPERUSER,
                Optional.empty(),
                original.tools(),
                original.smoke());
        return new Place("scratch", copy, copy, tools, operations.state() + "/migrate/{token}.scratch.sql");
    }

    private static Database owner(Database database, Migrations migrations) {
        return new Database(
                database.name(),
                database.database(),
                database.environment(),
                database.host(),
                database.port(),
                migrations.user().orElse(database.user()),
                migrations.password().or(() -> migrations.user().isPresent() ? Optional.empty() : database.password()),
                database.tools(),
                database.smoke());
    }
}
