package dev.windlass.runbooks.migrate;

import static dev.windlass.runbooks.migrate.PsqlCommands.encoded;
import static dev.windlass.runbooks.migrate.PsqlCommands.file;
import static dev.windlass.runbooks.migrate.PsqlCommands.literal;
import static dev.windlass.runbooks.migrate.PsqlCommands.statement;

import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Migrations;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.HostName;
import dev.windlass.workflows.migrate.Migration;
import dev.windlass.workflows.migrate.Migration.Wrapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code prisma migrate deploy}, with {@code DATABASE_URL}. The way down is ours: Prisma has none and its {@code resolve}
 * refuses a migration that was applied (P3012), so {@code down.sql} beside {@code migration.sql} is run by psql, and the
 * row goes in the same transaction.
 */
final class PrismaMigratorCommands implements MigratorCommands {
    static final String HISTORY = "public._prisma_migrations";
    /** What Prisma's own migrator holds while it works (schema-engine, sql_schema_connector). */
    static final int ADVISORY_LOCK = 72707369;

    private final Migrations migrations;

    PrismaMigratorCommands(Migrations migrations) {
        this.migrations = migrations;
    }

    @Override
    public List<Effect> apply(List<Migration> pending, Place place) {
        List<String> argv = new ArrayList<>(List.of("env", "--chdir=" + migrations.directory(), "--"));
        argv.addAll(migrations.command());
        argv.addAll(List.of("migrate", "deploy"));
        SortedMap<String, String> environment = new TreeMap<>(Map.of(
                "DATABASE_URL", url(place),
                "PGAPPNAME", "{token}",
                "PGOPTIONS", new PsqlCommands(migrations, place).options(),
                // It asks the internet for news of itself.
                "CHECKPOINT_DISABLE", "1",
                "PRISMA_HIDE_UPDATE_MESSAGE", "1",
                "NO_COLOR", "1"));
        return List.of(new Command(
                Access.CHANGES,
                new HostName("local"),
                argv,
                environment,
                PsqlCommands.secrets(place.owner()),
                new Channel.None(),
                new Channel.None()));
    }

    @Override
    public int effectsOf(Migration migration) {
        return 0;
    }

    /** {@code $PGPASSWORD} is filled in where the command runs. */
    private String url(Place place) {
        Database owner = place.owner();
        String password = owner.password().isPresent() ? ":$PGPASSWORD" : "";
        String host = owner.host().startsWith("/") ? "localhost" : owner.host();
        List<String> settings = new ArrayList<>();
        if (owner.host().startsWith("/")) {
            settings.add("host=" + encoded(owner.host()));
        }
        settings.add("application_name={token}");
        settings.add("options=" + encoded(new PsqlCommands(migrations, place).options()));
        return "postgresql://" + encoded(owner.user()) + password + "@" + (host.contains(":") ? "[" + host + "]" : host)
                + ":" + owner.port() + "/" + encoded(owner.database()) + "?" + String.join("&", settings);
    }

    @Override
    public UndoEffects undoEffects(Migration migration, Place place) {
        PsqlCommands psql = new PsqlCommands(migrations, place);
        String where = " WHERE migration_name = " + literal(migration.name()) + " AND rolled_back_at IS NULL";
        String remove = require(migration, "DELETE FROM " + HISTORY + where);
        Command down = psql.changes(
                migration.wrapping(),
                switch (migration.wrapping()) {
                    case ONE_TRANSACTION ->
                        List.of(
                                statement("SELECT FROM pg_advisory_xact_lock(" + ADVISORY_LOCK + ")"),
                                remove,
                                file(downFile(migration.name())));
                    case STATEMENT_BY_STATEMENT ->
                        List.of(
                                statement("SELECT FROM pg_advisory_lock(" + ADVISORY_LOCK + ")"),
                                require(migration, "UPDATE " + HISTORY + " SET finished_at = NULL" + where),
                                file(downFile(migration.name())),
                                remove);
                });
        Command forget = psql.changes(
                Wrapping.ONE_TRANSACTION,
                List.of(statement(
                        "UPDATE " + HISTORY + " SET rolled_back_at = now()" + where + " AND finished_at IS NULL")));
        return new UndoEffects(down, forget);
    }

    private static String require(Migration migration, String words) {
        return statement("DO $do$ BEGIN " + words + "; IF NOT FOUND THEN RAISE EXCEPTION 'migration % is not applied', "
                + literal(migration.name()) + "; END IF; END $do$");
    }

    @Override
    public List<Effect> look(Place place) {
        return List.of(
                new Sql(
                        Access.READS,
                        place.connection(),
                        "SELECT migration_name, checksum, finished_at IS NOT NULL, coalesce(logs, '') FROM " + HISTORY
                                + " WHERE rolled_back_at IS NULL ORDER BY started_at"),
                new PsqlCommands(migrations, place).schema(histories()));
    }

    @Override
    public List<String> histories() {
        return List.of(HISTORY);
    }

    @Override
    public String upFile(String migration) {
        return folder(migration) + "/migration.sql";
    }

    @Override
    public String downFile(String migration) {
        return folder(migration) + "/down.sql";
    }

    private String folder(String migration) {
        return migrations.directory() + "/prisma/migrations/" + migration;
    }
}
