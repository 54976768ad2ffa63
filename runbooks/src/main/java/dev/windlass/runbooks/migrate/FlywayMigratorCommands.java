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
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.migrate.Migration;
import dev.windlass.workflows.migrate.Migration.Wrapping;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code flyway migrate} up to one version after the other (docs/decisions/0015). Flyway records a migration outside a
 * transaction only when it has ended, so for those a row of ours says {@code begun} before. The way down is ours: {@code
 * U1__name.sql}, as the paid editions call it and the free one ignores, is run by psql, and the row goes with it.
 */
final class FlywayMigratorCommands implements MigratorCommands {
    static final String HISTORY = "public.flyway_schema_history";

    /** Flyway's own advisory lock: the letters "Flyway" and the hash code of the quoted name of its table. */
    static final long ADVISORY_LOCK = 0x466C_7977_6179L + "\"public\".\"flyway_schema_history\"".hashCode();

    private static final String BEGUN = SqlMigratorCommands.HISTORY;

    private final Migrations migrations;

    FlywayMigratorCommands(Migrations migrations) {
        this.migrations = migrations;
    }

    @Override
    public List<Effect> apply(List<Migration> pending, Place place) {
        PsqlCommands psql = new PsqlCommands(migrations, place);
        List<Effect> effects = new ArrayList<>();
        if (pending.stream().anyMatch(each -> each.wrapping() == Wrapping.STATEMENT_BY_STATEMENT)) {
            // Flyway makes its table only where its schema is empty, so before we make ours. No file has this version.
            effects.add(flyway("0?", Wrapping.ONE_TRANSACTION, place));
            effects.add(SqlMigratorCommands.createHistory(psql));
        }
        pending.forEach(migration -> {
            Command up = flyway(version(migration.name()), migration.wrapping(), place);
            switch (migration.wrapping()) {
                case ONE_TRANSACTION -> effects.add(up);
                case STATEMENT_BY_STATEMENT -> {
                    effects.add(psql.changes(Wrapping.ONE_TRANSACTION, List.of(statement(enter(migration)))));
                    effects.add(up);
                    effects.add(psql.changes(Wrapping.ONE_TRANSACTION, List.of(statement(forgetBegun(migration)))));
                }
            }
        });
        return effects;
    }

    @Override
    public int effectsOf(Migration migration) {
        return switch (migration.wrapping()) {
            case ONE_TRANSACTION -> 1;
            case STATEMENT_BY_STATEMENT -> 3;
        };
    }

    private Command flyway(String target, Wrapping wrapping, Place place) {
        List<String> argv = new ArrayList<>(migrations.command());
        argv.addAll(List.of("-skipCheckForUpdate", "-color=never", "-target=" + target, "migrate"));
        SortedMap<String, String> environment = new TreeMap<>();
        environment.put("FLYWAY_URL", url(place));
        environment.put("FLYWAY_USER", place.owner().user());
        environment.put("FLYWAY_LOCATIONS", "filesystem:" + migrations.directory());
        environment.put("FLYWAY_DEFAULT_SCHEMA", "public");
        environment.put("FLYWAY_TABLE", "flyway_schema_history");
        // Otherwise the row is written on another connection than the migration, and a crash parts them.
        environment.put("FLYWAY_POSTGRESQL_TRANSACTIONAL_LOCK", "false");
        environment.put("FLYWAY_LOCK_RETRY_COUNT", "10");
        // What is linted and what psql takes back is the file as it is, and nothing beside it.
        environment.put("FLYWAY_PLACEHOLDER_REPLACEMENT", "false");
        environment.put("FLYWAY_SKIP_DEFAULT_CALLBACKS", "true");
        environment.put("FLYWAY_OUT_OF_ORDER", "false");
        environment.put("REDGATE_DISABLE_TELEMETRY", "true");
        if (wrapping == Wrapping.STATEMENT_BY_STATEMENT) {
            environment.put("FLYWAY_EXECUTE_IN_TRANSACTION", "false");
            environment.put("FLYWAY_MIXED", "true");
        }
        SortedMap<String, SecretReference> secrets = new TreeMap<>();
        place.owner().password().ifPresent(password -> secrets.put("FLYWAY_PASSWORD", password));
        return new Command(
                Access.CHANGES,
                new HostName("local"),
                argv,
                environment,
                secrets,
                new Channel.None(),
                new Channel.None());
    }

    /** Java's driver knows no UNIX socket; junixsocket, which lies among Flyway's drivers, does. */
    private String url(Place place) {
        Database owner = place.owner();
        boolean isSocket = owner.host().startsWith("/");
        String host = isSocket ? "localhost" : owner.host();
        List<String> settings = new ArrayList<>(List.of(
                "ApplicationName={token}", "options=" + encoded(new PsqlCommands(migrations, place).options())));
        if (isSocket) {
            settings.add("sslmode=disable");
            settings.add("socketFactory=org.newsclub.net.unix.AFUNIXSocketFactory$FactoryArg");
            settings.add("socketFactoryArg=" + encoded(owner.host() + "/.s.PGSQL." + owner.port()));
        }
        return "jdbc:postgresql://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + owner.port() + "/"
                + encoded(owner.database()) + "?" + String.join("&", settings);
    }

    private static String enter(Migration migration) {
        return "INSERT INTO " + BEGUN + " (name, checksum, state) VALUES (" + literal(migration.name()) + ", "
                + literal(migration.checksum())
                + ", 'begun') ON CONFLICT (name) DO UPDATE SET checksum = excluded.checksum, state = 'begun',"
                + " applied_at = clock_timestamp()";
    }

    private static String forgetBegun(Migration migration) {
        return "DELETE FROM " + BEGUN + " WHERE name = " + literal(migration.name());
    }

    private static String delete(Migration migration) {
        return "DELETE FROM " + HISTORY + " WHERE script = " + literal(migration.name() + ".sql");
    }

    @Override
    public UndoEffects undoEffects(Migration migration, Place place) {
        PsqlCommands psql = new PsqlCommands(migrations, place);
        return switch (migration.wrapping()) {
            case ONE_TRANSACTION ->
                new UndoEffects(
                        psql.changes(
                                Wrapping.ONE_TRANSACTION,
                                List.of(
                                        statement("SELECT FROM pg_advisory_xact_lock(" + ADVISORY_LOCK + ")"),
                                        statement("DO $do$ BEGIN " + delete(migration) + "; IF NOT FOUND THEN "
                                                + refuse(migration) + " END IF; END $do$"),
                                        file(downFile(migration.name())))),
                        psql.changes(
                                Wrapping.ONE_TRANSACTION, List.of(statement(delete(migration) + " AND NOT success"))));
            case STATEMENT_BY_STATEMENT ->
                new UndoEffects(
                        psql.changes(
                                Wrapping.STATEMENT_BY_STATEMENT,
                                List.of(
                                        statement("SELECT FROM pg_advisory_lock(" + ADVISORY_LOCK + ")"),
                                        // From here on it is neither there nor gone, until the last statement.
                                        statement("DO $do$ BEGIN " + refuseUnknown(migration) + " " + enter(migration)
                                                + "; " + delete(migration) + "; END $do$"),
                                        file(downFile(migration.name())),
                                        statement(forgetBegun(migration)))),
                        psql.changes(
                                Wrapping.ONE_TRANSACTION,
                                List.of(
                                        statement(delete(migration) + " AND NOT success"),
                                        statement(forgetBegun(migration)))));
        };
    }

    private static String refuseUnknown(Migration migration) {
        return "IF NOT EXISTS (SELECT FROM " + HISTORY + " WHERE script = " + literal(migration.name() + ".sql")
                + ") AND NOT EXISTS (SELECT FROM " + BEGUN + " WHERE name = " + literal(migration.name()) + ") THEN "
                + refuse(migration) + " END IF;";
    }

    private static String refuse(Migration migration) {
        return "RAISE EXCEPTION 'migration % is not applied', " + literal(migration.name()) + ";";
    }

    /** Of each version what was done last; a baseline has no file and no checksum. */
    @Override
    public List<Effect> look(Place place) {
        return List.of(
                new Sql(
                        Access.READS,
                        place.connection(),
                        "SELECT CASE type WHEN 'BASELINE' THEN 'V' || version || '__baseline' ELSE"
                                + " regexp_replace(script, '\\.sql$', '') END, coalesce(checksum::text, ''), success, ''"
                                + " FROM (SELECT DISTINCT ON (coalesce(version, script)) * FROM " + HISTORY
                                + " ORDER BY coalesce(version, script), installed_rank DESC) AS latest WHERE type NOT IN"
                                + " ('DELETE', 'UNDO_SQL', 'SCHEMA') ORDER BY installed_rank"),
                new Sql(
                        Access.READS,
                        place.connection(),
                        "SELECT name, checksum, false, '' FROM " + BEGUN
                                + " WHERE state = 'begun' ORDER BY applied_at"),
                new PsqlCommands(migrations, place).schema(histories()));
    }

    @Override
    public List<String> histories() {
        return List.of(HISTORY, BEGUN);
    }

    @Override
    public String upFile(String migration) {
        return migrations.directory() + "/" + migration + ".sql";
    }

    @Override
    public String downFile(String migration) {
        return migrations.directory() + "/U" + migration.substring(1) + ".sql";
    }

    private static String version(String migration) {
        return migration.substring(1, migration.indexOf("__"));
    }
}
