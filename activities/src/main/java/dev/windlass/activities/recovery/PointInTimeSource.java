package dev.windlass.activities.recovery;

import dev.windlass.activities.backup.PostgresFailures;
import dev.windlass.activities.backup.ScratchSpace;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.protect.BackRest;
import dev.windlass.activities.protect.ProtectParts;
import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.protect.PlanOfProtect;
import dev.windlass.runbooks.protect.ProtectCommands;
import dev.windlass.workflows.protect.PhysicalBackup;
import dev.windlass.workflows.recovery.CopySource.PointInTime;
import dev.windlass.workflows.recovery.CopySource.Replay;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Looks whether a database can be had as it was at a moment, and what leads there. */
final class PointInTimeSource {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    /** The first superuser has the oid 10: src/include/catalog/pg_authid.dat of PostgreSQL. */
    private static final String SERVER = """
            SELECT current_setting('server_version_num')::int / 10000,
                current_setting('max_prepared_transactions')::int, current_setting('shared_preload_libraries'),
                (SELECT rolname FROM pg_roles WHERE oid = 10)
            """;

    /** No two servers have the same one to the microsecond. */
    private static final String IDENTITY = "SELECT pg_postmaster_start_time()::text";

    private final RecoveryParts parts;
    private final StepContext context;

    PointInTimeSource(RecoveryParts parts, StepContext context) {
        this.parts = parts;
        this.context = context;
    }

    PointInTime of(Database database, Instant moment) {
        return of(clusterOf(database), wal -> moment);
    }

    /** As of this moment, by the server's clock. */
    PointInTime ofNow(Database database) {
        return of(clusterOf(database), ArchivedWal::now);
    }

    private PointInTime of(Cluster cluster, Function<ArchivedWal, Instant> when) {
        Database administered = ProtectParts.administered(parts.operations(), cluster);
        ProtectCommands commands = PlanOfProtect.commands(parts.operations(), cluster, ProtectParts.runAs(cluster));
        ArchivedWal wal = ArchivedWal.of(parts.backup().connections(), administered, context.token());
        if (!wal.command().equals(commands.archiveCommand())) {
            throw PointInTimeFailures.notArchiving(cluster);
        }
        List<PhysicalBackup> backups = new BackRest(parts.backup().shell(), cluster, context)
                .repository(commands.info(), LIMIT)
                .backups();
        Instant moment = when.apply(wal);
        PhysicalBackup backup = Window.of(cluster, backups, wal.now()).backupBefore(moment);
        wal.requireHopeFor(moment, cluster);
        try (Connection connection = parts.backup().connections().open(administered, context.token());
                Statement statement = connection.createStatement();
                ResultSet server = statement.executeQuery(SERVER)) {
            server.next();
            List<String> libraries = Stream.of(server.getString(3).split(","))
                    .map(library -> library.strip().replace("\"", ""))
                    .toList();
            return new PointInTime(
                    cluster.name(),
                    moment,
                    backup.label(),
                    backup.databaseBytes(),
                    new ServerPrograms(parts.backup().shell(), context).of(cluster, administered, server.getInt(1)),
                    new Replay(server.getString(4), server.getInt(2), List.copyOf(ScratchSpace.preloaded(libraries))));
        } catch (SQLException failed) {
            throw PostgresFailures.using(administered, failed);
        }
    }

    /** ops.yml may know the same server by a socket and by an address. */
    private Cluster clusterOf(Database database) {
        return parts.operations().clusters().values().stream()
                .filter(cluster -> mayBeOfOneServer(parts.operations().database(cluster.database()), database))
                .filter(cluster -> identity(ProtectParts.administered(parts.operations(), cluster))
                        .equals(identity(database)))
                .findFirst()
                .orElseThrow(() -> PointInTimeFailures.noCluster(database));
    }

    private static boolean mayBeOfOneServer(Database one, Database other) {
        return one.port() == other.port()
                && (one.host().equals(other.host()) || (isHere(one.host()) && isHere(other.host())));
    }

    private static boolean isHere(String host) {
        return host.startsWith("/") || LOOPBACK.contains(host);
    }

    private String identity(Database database) {
        try (Connection connection = parts.backup().connections().open(database, context.token());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(IDENTITY)) {
            row.next();
            return row.getString(1);
        } catch (SQLException failed) {
            throw PostgresFailures.using(database, failed);
        }
    }
}
