package dev.windlass.activities.recovery;

import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.recovery.CopySource.PointInTime;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** What a recovery to a moment says when it cannot go on. */
final class PointInTimeFailures {
    /** Of commands that make and end the cluster beside. */
    static final String HINT = "nothing to do unless it happens again: then look for a lack of memory or disk";

    static final String PLACE = "recover-database.md#beside";

    private PointInTimeFailures() {}

    static ApplicationFailure noCluster(Database database) {
        return failure(
                FailureType.NOT_FOUND,
                "no cluster of ops.yml holds database " + database.name() + ", so no WAL leads to a moment of it",
                "take a backup set with --backup; for the next time, protect its cluster with windlass protect",
                "recover-database.md#no-cluster");
    }

    static ApplicationFailure noBackup(Cluster cluster) {
        return failure(
                FailureType.NOT_FOUND,
                "stanza " + cluster.stanza() + " of cluster " + cluster.name()
                        + " has no backup without damaged pages, so WAL leads nowhere",
                "take a backup set with --backup; see windlass protect status " + cluster.name(),
                "recover-database.md#no-cluster");
    }

    static ApplicationFailure notArchiving(Cluster cluster) {
        return failure(
                FailureType.PRECONDITION,
                "cluster " + cluster.name() + " does not archive by the command of windlass protect now, so nobody can"
                        + " tell how far its WAL has got",
                "protect it with windlass protect " + cluster.name() + ", or go back by hand, see the page",
                "recover-database.md#no-cluster");
    }

    static ApplicationFailure notYet(Cluster cluster, Instant moment, Instant from, Instant now) {
        return failure(
                FailureType.PRECONDITION,
                moment + " has not come yet: the server of cluster " + cluster.name() + " has " + now,
                "name a moment between " + from + " and " + now + ", with its time zone",
                "recover-database.md#window");
    }

    static ApplicationFailure beforeAll(Cluster cluster, Instant moment, Instant from, Instant now) {
        return failure(
                FailureType.PRECONDITION,
                "cluster " + cluster.name() + " has no backup from before " + moment,
                "name a moment between " + from + " and " + now + ", or take an older set with --backup",
                "recover-database.md#window");
    }

    static ApplicationFailure walNotThere(Cluster cluster, Instant moment, String what, Optional<Instant> until) {
        return failure(
                FailureType.TARGET_UNAVAILABLE,
                "the WAL of " + moment + " has not reached store " + cluster.store() + " yet: " + what
                        + " (archived until " + until.map(Instant::toString).orElse("nobody knows when") + ")",
                "see windlass protect status " + cluster.name()
                        + " for what stands in its way, then start the recovery again",
                "recover-database.md#wal-not-there");
    }

    static ApplicationFailure replayEnded(PointInTime source) {
        return failure(
                FailureType.RESTORE_FAILED,
                "cluster " + source.cluster() + " cannot be replayed up to " + source.at() + ": its WAL ends before",
                "a segment is missing in between: name an earlier moment, or take a set with --backup",
                "recover-database.md#wal-not-there");
    }

    static ApplicationFailure walNotFetched(PointInTime source, String words) {
        return failure(
                FailureType.STORAGE_UNAVAILABLE,
                "cluster " + source.cluster() + " cannot be replayed up to " + source.at()
                        + ": its WAL cannot be fetched: " + words,
                "see windlass protect status " + source.cluster()
                        + " for whether its bucket answers, then start this again",
                "recover-database.md#wal-not-there");
    }

    static ApplicationFailure notThereThen(PointInTime source, Database database) {
        return failure(
                FailureType.NOT_FOUND,
                "cluster " + source.cluster() + " had no database " + database.database() + " at " + source.at(),
                "name a moment when it was there; under another name it is got by hand, see the page",
                "recover-database.md#not-there-then");
    }

    static ApplicationFailure noPrograms(Cluster cluster, int major) {
        return failure(
                FailureType.TOOL_MISSING,
                "this machine has no programs of PostgreSQL " + major + ", which cluster " + cluster.name()
                        + " is restored by",
                "install the package postgresql-" + major
                        + ", or name its directory as tools of the database in ops.yml",
                "recover-database.md#beside");
    }

    static ApplicationFailure notStarted(String words) {
        return failure(FailureType.COMMAND_FAILED, "the cluster restored beside does not start: " + words, HINT, PLACE);
    }

    static String lackOfRoom(PointInTime source, Path scratch, long needed, long usable) {
        return "the scratch directory " + scratch + " has " + Quantities.bytes(usable) + " free, and cluster "
                + source.cluster() + " beside the live one needs " + Quantities.bytes(needed);
    }

    static ApplicationFailure full(PointInTime source, Path scratch, long needed, long usable) {
        return failure(
                FailureType.DISK_FULL,
                lackOfRoom(source, scratch, needed, usable),
                "free space there, or put the key backup.scratch.directory on a larger disk",
                "recover-database.md#room");
    }

    private static ApplicationFailure failure(FailureType type, String fact, String hint, String anchor) {
        return new Failure(type, fact, hint, anchor).asException();
    }
}
