package dev.windlass.activities.protect;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Store.S3Store;
import dev.windlass.runbooks.protect.ClusterObservation;
import dev.windlass.runbooks.protect.ClusterObservation.Repository;
import dev.windlass.runbooks.protect.ProtectCommands;
import dev.windlass.workflows.protect.PhysicalBackup;
import dev.windlass.workflows.protect.ProtectRequest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What planning wants to know of a cluster, and what keeps it from being protected. */
final class ClusterLook {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static final String SERVER = """
            SELECT current_setting('server_version'), current_setting('server_version_num')::int / 10000,
                current_setting('data_directory'), current_setting('wal_level'), current_setting('archive_mode'),
                pg_is_in_recovery(), coalesce(current_setting('archive_library', true), '')
            """;
    private static final String SUPERUSER = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user";

    /** What is in force after a reload: the last line of the last file wins. SHOW hides archive_command where it is off. */
    private static final String CONFIGURED = """
            SELECT DISTINCT ON (name) name, setting FROM pg_file_settings
            WHERE name IN ('archive_mode', 'archive_command', 'archive_timeout') ORDER BY name, seqno DESC
            """;

    private static final String ALTERED = """
            SELECT name, setting FROM pg_file_settings WHERE sourcefile LIKE '%/postgresql.auto.conf'
            AND name IN ('archive_mode', 'archive_command', 'archive_timeout')
            """;

    private final ProtectParts parts;
    private final Cluster cluster;
    private final StepContext context;

    ClusterLook(ProtectParts parts, Cluster cluster, StepContext context) {
        this.parts = parts;
        this.cluster = cluster;
        this.context = context;
    }

    ClusterObservation look(ProtectRequest request) {
        String version = backRestVersion();
        Database database = parts.administered(cluster);
        try (Connection connection = parts.backup().connections().open(database, context.token());
                Statement statement = connection.createStatement()) {
            requireSuperuser(statement, database);
            Server server = server(statement);
            requireFit(server);
            SortedMap<String, String> configured = settings(statement, CONFIGURED);
            requireOurs(request, configured);
            if (!server.isArchiving()
                    && request.accepted().contains(ProtectRequest.RESTART)
                    && cluster.restart().isEmpty()) {
                throw ProtectFailures.noRestartCommand(cluster);
            }
            ClusterObservation.File file = new WrittenFile(parts, cluster).compare();
            return new ClusterObservation(
                    server.version(),
                    version,
                    tools(database, server),
                    file,
                    repository(file),
                    configured,
                    settings(statement, ALTERED),
                    server.archiveMode());
        } catch (SQLException failed) {
            throw ProtectFailures.using(database, failed);
        }
    }

    private String backRestVersion() {
        String printed = String.join(
                " ",
                new BackRest(parts.backup().shell(), cluster, context)
                        .run(parts.commands(cluster).version(), LIMIT)
                        .output());
        return BackRestVersion.require(printed, ((S3Store) parts.operations().store(cluster.store())).dialect());
    }

    private record Server(
            String version,
            int major,
            String directory,
            String walLevel,
            String archiveMode,
            boolean standby,
            String archiveLibrary) {
        boolean isArchiving() {
            return archiveMode.equals("on") || archiveMode.equals("always");
        }
    }

    private static Server server(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(SERVER)) {
            row.next();
            return new Server(
                    row.getString(1),
                    row.getInt(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getBoolean(6),
                    row.getString(7));
        }
    }

    private void requireSuperuser(Statement statement, Database database) throws SQLException {
        try (ResultSet row = statement.executeQuery(SUPERUSER)) {
            if (!row.next() || !row.getBoolean(1)) {
                throw ProtectFailures.noSuperuser(cluster, database);
            }
        }
    }

    private void requireFit(Server server) {
        if (server.standby()) {
            throw ProtectFailures.standby(cluster);
        }
        if (!Path.of(server.directory()).equals(Path.of(cluster.dataDirectory()))) {
            throw ProtectFailures.otherDirectory(cluster, server.directory());
        }
        if (server.walLevel().equals("minimal")) {
            throw ProtectFailures.minimalWal(cluster);
        }
        if (!server.archiveLibrary().isEmpty()) {
            throw ProtectFailures.archiveLibrary(cluster, server.archiveLibrary());
        }
    }

    private void requireOurs(ProtectRequest request, SortedMap<String, String> configured) {
        String command = configured.getOrDefault(ProtectCommands.ARCHIVE_COMMAND, "");
        boolean isOurs =
                command.equals(parts.commands(cluster).archiveCommand()) || command.equals(ProtectCommands.NOBODY);
        if (!command.isEmpty() && !isOurs && !request.accepted().contains(ProtectRequest.ARCHIVE_COMMAND)) {
            throw ProtectFailures.somebodyElses(cluster, command);
        }
    }

    private static SortedMap<String, String> settings(Statement statement, String query) throws SQLException {
        SortedMap<String, String> settings = new TreeMap<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                settings.put(
                        rows.getString(1),
                        Optional.ofNullable(rows.getString(2)).orElse(""));
            }
        }
        return settings;
    }

    private static String tools(Database database, Server server) {
        return database.tools().orElse("/usr/lib/postgresql/" + server.major() + "/bin");
    }

    /** Only the file that is in use can say what lies in the bucket; without it everything is looked at by the steps. */
    private Repository repository(ClusterObservation.File file) {
        if (file != ClusterObservation.File.RIGHT) {
            return Repository.UNKNOWN;
        }
        BackRest.Repository found = new BackRest(parts.backup().shell(), cluster, context)
                .repository(parts.commands(cluster).info(), LIMIT);
        if (!found.known()) {
            return Repository.NO_STANZA;
        }
        return found.backups().stream().anyMatch(PhysicalBackup::isFull) ? Repository.HAS_BACKUP : Repository.NO_BACKUP;
    }
}
