package dev.windlass.activities.protect;

import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.UnknownNameException;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.protect.PhysicalBackup;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What protecting a cluster says when it cannot go on. */
final class ProtectFailures {
    private ProtectFailures() {}

    static ApplicationFailure unknown(UnknownNameException unknown) {
        return failure(
                FailureType.NOT_FOUND,
                String.valueOf(unknown.getMessage()),
                unknown.hint() + " A new one is added to clusters in ops.yml; then restart the worker",
                "unknown-name",
                unknown);
    }

    static ApplicationFailure noSuperuser(Cluster cluster, Database database) {
        return failure(
                FailureType.PRECONDITION,
                database.user() + " is no superuser of cluster " + cluster.name()
                        + ", and only one may change its settings",
                "give the cluster user and password of a superuser in ops.yml",
                "no-superuser",
                null);
    }

    static ApplicationFailure otherDirectory(Cluster cluster, String found) {
        return failure(
                FailureType.PRECONDITION,
                "the server of database " + cluster.database() + " keeps its data in " + found + ", and ops.yml says "
                        + cluster.dataDirectory(),
                "correct the key data_directory, or the database that the cluster is reached through",
                "other-directory",
                null);
    }

    static ApplicationFailure standby(Cluster cluster) {
        return failure(
                FailureType.PRECONDITION,
                "cluster " + cluster.name() + " is a standby, and WAL is archived by the primary",
                "protect the primary, by the worker on its machine",
                "standby",
                null);
    }

    static ApplicationFailure minimalWal(Cluster cluster) {
        return failure(
                FailureType.PRECONDITION,
                "cluster " + cluster.name() + " has wal_level minimal, whose WAL restores nothing",
                "set wal_level to replica and restart PostgreSQL, then start this again",
                "wal-level",
                null);
    }

    static ApplicationFailure archiveLibrary(Cluster cluster, String library) {
        return failure(
                FailureType.PRECONDITION,
                "cluster " + cluster.name() + " archives through archive_library " + library
                        + ", beside which no archive_command works",
                "see whom that serves, reset archive_library, then start this again",
                "somebody-elses-archiving",
                null);
    }

    static ApplicationFailure somebodyElses(Cluster cluster, String command) {
        return failure(
                FailureType.PRECONDITION,
                "cluster " + cluster.name() + " archives already, by an archive_command of somebody else: " + command,
                "see whom that serves; if it may end, say --accept archive_command",
                "somebody-elses-archiving",
                null);
    }

    static ApplicationFailure noRestartCommand(Cluster cluster) {
        return failure(
                FailureType.PRECONDITION,
                "the request accepts a restart of cluster " + cluster.name() + ", and ops.yml names no command for it",
                "give the cluster the key restart, or leave --accept restart out and restart PostgreSQL by hand",
                "restart",
                null);
    }

    static ApplicationFailure version(String version, String accepted) {
        return failure(
                FailureType.TOOL_TOO_OLD,
                "pgbackrest on this machine is " + version + ", and " + accepted + " is what is known to work here",
                "install a version of that range, and hold it (apt-mark hold pgbackrest)",
                "version",
                null);
    }

    static ApplicationFailure using(Database database, SQLException thrown) {
        String message = thrown.getMessage();
        return failure(
                FailureType.DATABASE_UNREACHABLE,
                "database " + database.name() + " refused or broke off a statement: "
                        + (message == null
                                ? thrown.getClass().getSimpleName()
                                : message.lines().findFirst().orElse("no message")),
                "look into the server's log",
                "server",
                thrown);
    }

    static ApplicationFailure pageErrors(Cluster cluster, PhysicalBackup backup) {
        return failure(
                FailureType.ARTEFACT_DAMAGED,
                "backup " + backup.label() + " of cluster " + cluster.name()
                        + " holds pages whose checksum does not fit: the data directory itself is damaged",
                "see which with pgbackrest info --set=" + backup.label()
                        + "; keep every older backup, and look at disk and memory before anything else",
                "page-errors",
                null);
    }

    static ApplicationFailure damaged(Cluster cluster, List<String> damage) {
        return failure(
                FailureType.ARTEFACT_DAMAGED,
                "cluster " + cluster.name() + " is damaged inside: " + damage.getFirst()
                        + (damage.size() == 1 ? "" : ", and " + (damage.size() - 1) + " more"),
                "keep every older backup, look at disk and memory, and see the whole list with windlass logs",
                "amcheck",
                null);
    }

    static ApplicationFailure brokenOff(Cluster cluster, String words) {
        return failure(
                FailureType.COMMAND_FAILED,
                "pg_amcheck was kept from looking at cluster " + cluster.name() + ": " + words,
                "see that the server runs and the user of the cluster is a superuser; the check is tried again",
                "amcheck",
                null);
    }

    static ApplicationFailure nothingToCheck(Cluster cluster, List<String> leftOut) {
        String names = leftOut.isEmpty() ? "none" : String.join(", ", leftOut);
        return failure(
                FailureType.PRECONDITION,
                "no database of cluster " + cluster.name() + " has the extension amcheck; with tables there are: "
                        + names,
                "in each of them, as a superuser: CREATE EXTENSION amcheck; or write amcheck: {depth: off}",
                "amcheck",
                null);
    }

    static ApplicationFailure noBackup(Cluster cluster) {
        return failure(
                FailureType.COMMAND_FAILED,
                "pgbackrest info lists no backup of stanza " + cluster.stanza() + " after one was made",
                "look at the bucket: somebody may have removed it",
                "pgbackrest-failed",
                null);
    }

    static ApplicationFailure failure(
            FailureType type, String fact, String hint, String place, @Nullable Throwable cause) {
        return new Failure(type, fact, hint, "protect.md#" + place).asException(cause);
    }
}
