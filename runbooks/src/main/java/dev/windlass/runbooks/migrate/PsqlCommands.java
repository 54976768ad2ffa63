package dev.windlass.runbooks.migrate;

import dev.windlass.runbooks.backup.BackupCommands;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Migrations;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.HostName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.migrate.Migration.Wrapping;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The programs of PostgreSQL as migrations use them. */
record PsqlCommands(Migrations migrations, Place place) {
    private static final HostName HERE = new HostName("local");

    /** Stops at the first error; a command line holds statements and files in the order in which they run. */
    Command changes(Wrapping wrapping, List<String> statementsAndFiles) {
        List<String> argv = new ArrayList<>(List.of(
                place.tools() + "/psql",
                "--no-psqlrc",
                "--quiet",
                "--no-password",
                "--set=ON_ERROR_STOP=1",
                // With the SQLSTATE, which reads the same in every language.
                "--set=VERBOSITY=verbose",
                connection(place.owner())));
        if (wrapping == Wrapping.ONE_TRANSACTION) {
            argv.add("--single-transaction");
        }
        argv.addAll(statementsAndFiles);
        return new Command(
                Access.CHANGES,
                HERE,
                argv,
                Sorted.copyOf(java.util.Map.of("PGAPPNAME", "{token}", "PGOPTIONS", options())),
                secrets(place.owner()),
                new Channel.None(),
                new Channel.None());
    }

    static String statement(String sql) {
        return "--command=" + sql;
    }

    static String file(String path) {
        return "--file=" + path;
    }

    /**
     * Without what differs between two places that hold the same schema (owners, rights, tablespaces) and without the
     * tables that only tell what was applied.
     */
    Command schema(List<String> histories) {
        List<String> argv = new ArrayList<>(List.of(
                place.tools() + "/pg_dump",
                "--schema-only",
                "--no-owner",
                "--no-privileges",
                "--no-tablespaces",
                "--no-publications",
                "--no-subscriptions",
                "--no-security-labels",
                "--lock-wait-timeout=60s",
                "--no-password"));
        histories.forEach(table -> argv.add("--exclude-table=" + table));
        argv.add(connection(place.reader()));
        return new Command(
                Access.READS,
                HERE,
                argv,
                Sorted.of("PGAPPNAME", "{token}"),
                secrets(place.reader()),
                new Channel.None(),
                new Channel.PlainFile(place.schema()));
    }

    /** For libpq's PGOPTIONS. */
    String options() {
        return "-c lock_timeout=" + millis(migrations.lockTimeout()) + " -c statement_timeout="
                + millis(migrations.statementTimeout());
    }

    static SortedMap<String, SecretReference> secrets(Database database) {
        SortedMap<String, SecretReference> secrets = new TreeMap<>();
        database.password().ifPresent(password -> secrets.put("PGPASSWORD", password));
        return secrets;
    }

    /** As PostgreSQL reads it between quotes. */
    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** As a URL wants it. Slots are filled later, so their braces stay as they are. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%7B", "{")
                .replace("%7D", "}");
    }

    private static String connection(Database database) {
        return "--dbname=" + BackupCommands.connection(database, database.database());
    }

    private static long millis(Duration time) {
        return time.toMillis();
    }
}
