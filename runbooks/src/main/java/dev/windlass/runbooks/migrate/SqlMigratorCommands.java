package dev.windlass.runbooks.migrate;

import static dev.windlass.runbooks.migrate.PsqlCommands.file;
import static dev.windlass.runbooks.migrate.PsqlCommands.literal;
import static dev.windlass.runbooks.migrate.PsqlCommands.statement;

import dev.windlass.runbooks.config.Migrations;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.migrate.Migration;
import dev.windlass.workflows.migrate.Migration.Wrapping;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder of {@code NUMBER_name.up.sql} and {@code NUMBER_name.down.sql}, run by psql. What was applied stands in a table
 * of the database itself (docs/decisions/0013): the row commits with the schema, or neither does. It is written first, so
 * that a second run waits for the key and is refused.
 */
final class SqlMigratorCommands implements MigratorCommands {
    static final String HISTORY = "public.windlass_migrations";

    private static final String CREATE_HISTORY = "CREATE TABLE IF NOT EXISTS " + HISTORY
            + " (name text PRIMARY KEY, checksum text NOT NULL, state text NOT NULL CHECK (state IN ('begun',"
            + " 'applied')), applied_at timestamptz NOT NULL DEFAULT clock_timestamp())";

    private final Migrations migrations;

    SqlMigratorCommands(Migrations migrations) {
        this.migrations = migrations;
    }

    @Override
    public List<Effect> apply(List<Migration> pending, Place place) {
        PsqlCommands psql = new PsqlCommands(migrations, place);
        List<Effect> effects = new ArrayList<>();
        // By itself: two runs that create it at once must not cost one of them its migration.
        effects.add(createHistory(psql));
        pending.forEach(migration -> effects.add(up(migration, psql)));
        return effects;
    }

    static Command createHistory(PsqlCommands psql) {
        return psql.changes(
                Wrapping.ONE_TRANSACTION,
                List.of(statement("SET client_min_messages = warning"), statement(CREATE_HISTORY)));
    }

    private Command up(Migration migration, PsqlCommands psql) {
        return psql.changes(
                migration.wrapping(),
                switch (migration.wrapping()) {
                    case ONE_TRANSACTION -> List.of(enter(migration, "applied"), file(upFile(migration.name())));
                    case STATEMENT_BY_STATEMENT ->
                        List.of(
                                enter(migration, "begun"),
                                file(upFile(migration.name())),
                                change(
                                        migration,
                                        "begun",
                                        "UPDATE " + HISTORY
                                                + " SET state = 'applied', applied_at = clock_timestamp()"));
                });
    }

    private static String enter(Migration migration, String state) {
        return statement("INSERT INTO " + HISTORY + " (name, checksum, state) VALUES (" + literal(migration.name())
                + ", " + literal(migration.checksum()) + ", " + literal(state) + ")");
    }

    @Override
    public UndoEffects undoEffects(Migration migration, Place place) {
        PsqlCommands psql = new PsqlCommands(migrations, place);
        String delete = "DELETE FROM " + HISTORY;
        Command down = psql.changes(
                migration.wrapping(),
                switch (migration.wrapping()) {
                    case ONE_TRANSACTION ->
                        List.of(change(migration, "applied", delete), file(downFile(migration.name())));
                    case STATEMENT_BY_STATEMENT ->
                        List.of(
                                // From here on it is neither there nor gone, until the last statement.
                                require(migration, "known", "UPDATE " + HISTORY + " SET state = 'begun'", ""),
                                file(downFile(migration.name())),
                                change(migration, "begun", delete));
                });
        Command forget = psql.changes(
                Wrapping.ONE_TRANSACTION,
                List.of(statement(delete + " WHERE name = " + literal(migration.name()) + " AND state = 'begun'")));
        return new UndoEffects(down, forget);
    }

    private static String change(Migration migration, String state, String words) {
        return require(migration, state, words, " AND state = " + literal(state));
    }

    /** Fails where there is no such row: somebody else has changed it. */
    private static String require(Migration migration, String state, String words, String condition) {
        return statement("DO $do$ BEGIN " + words + " WHERE name = " + literal(migration.name()) + condition
                + "; IF NOT FOUND THEN RAISE EXCEPTION 'migration % is not " + state + "', "
                + literal(migration.name()) + "; END IF; END $do$");
    }

    @Override
    public List<Effect> look(Place place) {
        return List.of(
                new Sql(
                        Access.READS,
                        place.connection(),
                        "SELECT name, checksum, state = 'applied', '' FROM " + HISTORY + " ORDER BY applied_at, name"),
                new PsqlCommands(migrations, place).schema(histories()));
    }

    @Override
    public List<String> histories() {
        return List.of(HISTORY);
    }

    @Override
    public String upFile(String migration) {
        return migrations.directory() + "/" + migration + ".up.sql";
    }

    @Override
    public String downFile(String migration) {
        return migrations.directory() + "/" + migration + ".down.sql";
    }
}
