package dev.windlass.runbooks.backup;

import dev.windlass.runbooks.config.BackupPolicy.Priority;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.HostName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.Sorted;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a backup types. */
public final class BackupCommands {
    /**
     * Rows and content of each table, in any order. The row's hash is hashed once more: a plain sum of them can miss two rows
     * that swapped a value. Columns whose type has no hash that tells all its values apart go in as text.
     */
    public static final String FACTS_OF_TABLES = "SELECT count(*), sum(hashint8extended(hash_record_extended("
            + "ROW(<every column>), 0), 0)) FROM ONLY <every table>";

    private static final HostName HERE = new HostName("local");

    private final Operations operations;

    public BackupCommands(Operations operations) {
        this.operations = operations;
    }

    /** Locks before the snapshot: a snapshot alone reads 0 rows of a table that is truncated while it is dumped. */
    Sql holdSnapshot(Database database) {
        return new Sql(
                Access.READS,
                database.name().value(),
                "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; LOCK TABLE ONLY <every table> IN ACCESS SHARE MODE;"
                        + " SELECT pg_export_snapshot()");
    }

    Sql readFacts(Database database) {
        return new Sql(
                Access.READS,
                database.name().value(),
                "SET TRANSACTION SNAPSHOT '{snapshot}';" + " " + FACTS_OF_TABLES);
    }

    /**
     * zstd and age come behind it in one pass, so pg_dump does not compress. An exported snapshot keeps every worker of the
     * run on the same state.
     */
    Command dump(Database database, DatabaseObservation seen, List<String> recipients) {
        return command(
                database,
                List.of(
                        seen.tools() + "/pg_dump",
                        "--format=custom",
                        "--compress=0",
                        "--snapshot={snapshot}",
                        "--lock-wait-timeout=60s",
                        "--no-password",
                        "--dbname=" + connection(database, database.database())),
                sealed(BackupKeys.dump(database.name()), recipients));
    }

    /** Roles, memberships and their settings. Tablespaces are left out: they name directories of the lost machine. */
    Command globals(Database database, DatabaseObservation seen, List<String> recipients) {
        List<String> argv = new ArrayList<>(
                List.of(seen.tools() + "/pg_dumpall", "--globals-only", "--no-tablespaces", "--no-password"));
        if (seen.role() == DatabaseObservation.Role.READER) {
            argv.add("--no-role-passwords");
        }
        argv.add("--dbname=" + connection(database, database.database()));
        return command(database, argv, sealed(BackupKeys.globals(database.name()), recipients));
    }

    private Channel sealed(String key, List<String> recipients) {
        return new Channel.SealedFile(
                operations.backup().directory() + "/" + key, operations.backup().zstdLevel(), recipients);
    }

    private Command command(Database database, List<String> argv, Channel output) {
        List<String> all = new ArrayList<>(lowPriority(operations.backup().priority()));
        all.addAll(argv);
        SortedMap<String, SecretReference> secrets = new TreeMap<>();
        database.password().ifPresent(password -> secrets.put("PGPASSWORD", password));
        return new Command(
                Access.CHANGES, HERE, all, Sorted.of("PGAPPNAME", "{token}"), secrets, new Channel.None(), output);
    }

    /** A connection string without a password; values are quoted as libpq reads them. */
    public static String connection(Database database, String name) {
        return connection(database.host(), database.port(), database.user(), name);
    }

    static String connection(String host, int port, String user, String name) {
        return "host=" + quoted(host) + " port=" + port + " user=" + quoted(user) + " dbname=" + quoted(name);
    }

    private static String quoted(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    static List<String> lowPriority(Priority priority) {
        List<String> words = new ArrayList<>();
        if (priority.nice() > 0) {
            words.addAll(List.of("nice", "-n", String.valueOf(priority.nice()), "--"));
        }
        if (priority.ioClass() == Priority.IoClass.IDLE) {
            words.addAll(List.of("ionice", "-c", "3", "--"));
        }
        return words;
    }
}
