package dev.windlass.activities.protect;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.protect.PhysicalBackup;
import dev.windlass.workflows.protect.ProtectionFinding;
import dev.windlass.workflows.protect.ProtectionFinding.Kind;
import dev.windlass.workflows.protect.ProtectionStatus;
import io.temporal.failure.ApplicationFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** How the protection of a cluster stands, from the server's own counters and from the repository. */
final class ProtectionLook {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /**
     * A cluster where nothing is written archives nothing, so the age of the last archived segment says little. What counts
     * is how long a finished segment waits: the server keeps NAME.ready until it was sent.
     */
    private static final String QUESTION = """
            SELECT now(), pg_current_wal_lsn()::text, a.last_archived_wal, a.last_archived_time, a.failed_count,
                coalesce(a.last_failed_time > coalesce(a.last_archived_time, '-infinity'), false), a.last_failed_wal,
                (SELECT sum(size)::bigint FROM pg_ls_waldir()), s.waiting, s.since,
                current_setting('archive_mode'), current_setting('archive_command')
            FROM pg_stat_archiver a, (SELECT count(*) AS waiting, min(modification) AS since
                FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready') s
            """;

    private final ProtectParts parts;
    private final Cluster cluster;
    private final StepContext context;
    private final List<ProtectionFinding> findings = new ArrayList<>();

    ProtectionLook(ProtectParts parts, Cluster cluster, StepContext context) {
        this.parts = parts;
        this.cluster = cluster;
        this.context = context;
    }

    private record Archiving(
            Instant now,
            Optional<String> position,
            Optional<String> last,
            Optional<Instant> lastAt,
            long waiting,
            Duration waitingFor,
            long failed,
            long walBytes) {
        static Archiving unknown(Instant now) {
            return new Archiving(now, Optional.empty(), Optional.empty(), Optional.empty(), 0, Duration.ZERO, 0, 0);
        }
    }

    ProtectionStatus look() {
        Archiving archiving = archiving();
        List<PhysicalBackup> backups = backups(archiving.now());
        judgeDrills(archiving.now());
        return new ProtectionStatus(
                cluster.name(),
                archiving.now(),
                archiving.position(),
                archiving.last(),
                archiving.lastAt(),
                archiving.waiting(),
                archiving.waitingFor(),
                archiving.failed(),
                archiving.walBytes(),
                newest(backups, PhysicalBackup::isFull),
                newest(backups, backup -> true),
                findings);
    }

    private Archiving archiving() {
        Instant now = parts.backup().clock().instant();
        Database database = parts.administered(cluster);
        try (Connection connection = parts.backup().connections().open(database, context.token());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUESTION)) {
            row.next();
            return read(row);
        } catch (SQLException broken) {
            found(Kind.SERVER_UNREACHABLE, "its server cannot be asked: " + Failure.messageOf(broken));
        } catch (ApplicationFailure refused) {
            found(Kind.SERVER_UNREACHABLE, "its server cannot be asked: " + fact(refused));
        }
        return Archiving.unknown(now);
    }

    private Archiving read(ResultSet row) throws SQLException {
        Instant now = row.getTimestamp(1).toInstant();
        Duration waitingFor = Optional.ofNullable(row.getTimestamp(10))
                .map(since -> Duration.between(since.toInstant(), now))
                .orElse(Duration.ZERO);
        String ours = parts.commands(cluster).archiveCommand();
        if (row.getString(11).equals("off") || !row.getString(12).equals(ours)) {
            found(
                    Kind.NOT_PROTECTED,
                    row.getString(11).equals("off")
                            ? "archive_mode is off: no WAL leaves this machine"
                            : "archive_command is not the one of windlass protect");
        } else if (waitingFor.compareTo(cluster.limits().lag()) > 0) {
            found(
                    Kind.LAG,
                    Quantities.plural(row.getLong(9), "WAL segment") + " wait to be sent, the oldest for "
                            + Quantities.time(waitingFor));
        }
        if (row.getBoolean(6)) {
            found(
                    Kind.ARCHIVING_FAILS,
                    "archive_command fails on segment " + row.getString(7) + ", " + row.getLong(5)
                            + " times since the statistics were reset; pg_wal grows");
        }
        return new Archiving(
                now,
                Optional.ofNullable(row.getString(2)),
                Optional.ofNullable(row.getString(3)),
                Optional.ofNullable(row.getTimestamp(4)).map(java.sql.Timestamp::toInstant),
                row.getLong(9),
                waitingFor,
                row.getLong(5),
                row.getLong(8));
    }

    private List<PhysicalBackup> backups(Instant now) {
        BackRest backRest = new BackRest(parts.backup().shell(), cluster, context);
        try {
            List<PhysicalBackup> backups =
                    backRest.repository(parts.commands(cluster).info(), LIMIT).backups();
            judge(backups, now);
            return backups;
        } catch (ApplicationFailure refused) {
            found(Kind.REPOSITORY_UNREACHABLE, "its repository cannot be read: " + fact(refused));
            return List.of();
        }
    }

    private void judge(List<PhysicalBackup> backups, Instant now) {
        Optional<PhysicalBackup> full = newest(backups, PhysicalBackup::isFull);
        if (full.isEmpty()) {
            found(Kind.NO_FULL_BACKUP, "there is no full backup, so WAL alone restores nothing");
            return;
        }
        age(
                Kind.FULL_BACKUP_OLD,
                "full backup",
                full.get(),
                now,
                cluster.limits().full());
        PhysicalBackup newest = newest(backups, backup -> true).orElseThrow();
        age(Kind.BACKUP_OLD, "backup", newest, now, cluster.limits().backup());
        if (newest.hasPageErrors()) {
            found(
                    Kind.PAGE_ERRORS,
                    "backup " + newest.label()
                            + " holds pages whose checksum does not fit: the data directory is damaged");
        }
    }

    private void judgeDrills(Instant now) {
        parts.drills()
                .overdue(cluster, now)
                .ifPresent(since -> found(
                        Kind.DRILL_OLD,
                        "no drill has recovered it for " + Quantities.time(since) + ", and "
                                + Quantities.time(cluster.limits().drill()) + " is the limit"));
    }

    private void age(Kind kind, String what, PhysicalBackup backup, Instant now, Duration limit) {
        Duration age = Duration.between(backup.end(), now);
        if (age.compareTo(limit) > 0) {
            found(
                    kind,
                    "the newest " + what + " is " + Quantities.time(age) + " old, and " + Quantities.time(limit)
                            + " is the limit");
        }
    }

    private static Optional<PhysicalBackup> newest(List<PhysicalBackup> backups, Predicate<PhysicalBackup> wanted) {
        return backups.stream().filter(wanted).reduce((older, newer) -> newer);
    }

    private void found(Kind kind, String words) {
        findings.add(new ProtectionFinding(kind, words));
    }

    private static String fact(ApplicationFailure refused) {
        return Failure.in(refused).map(Failure::fact).orElseGet(() -> Failure.messageOf(refused));
    }
}
