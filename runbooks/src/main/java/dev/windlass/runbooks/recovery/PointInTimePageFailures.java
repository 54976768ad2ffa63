package dev.windlass.runbooks.recovery;

import static dev.windlass.workflows.kernel.FailureType.COMMAND_FAILED;
import static dev.windlass.workflows.kernel.FailureType.DISK_FULL;
import static dev.windlass.workflows.kernel.FailureType.NOT_FOUND;
import static dev.windlass.workflows.kernel.FailureType.PRECONDITION;
import static dev.windlass.workflows.kernel.FailureType.RESTORE_FAILED;
import static dev.windlass.workflows.kernel.FailureType.STORAGE_UNAVAILABLE;
import static dev.windlass.workflows.kernel.FailureType.TARGET_UNAVAILABLE;
import static dev.windlass.workflows.kernel.FailureType.TOOL_MISSING;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import java.util.List;

/** What can fail in addition where the copy is of a moment, worded as the code says it; a test compares. */
final class PointInTimePageFailures {
    private PointInTimePageFailures() {}

    static List<Failure> all() {
        return List.of(
                failure(
                        NOT_FOUND,
                        "no cluster of ops.yml holds database {database}, so no WAL leads to a moment of it",
                        "take a backup set with --backup; for the next time, protect its cluster with windlass protect",
                        "no-cluster"),
                failure(
                        NOT_FOUND,
                        "stanza {stanza} of cluster {name} has no backup without damaged pages, so WAL leads nowhere",
                        "take a backup set with --backup; see windlass protect status {name}",
                        "no-cluster"),
                failure(
                        PRECONDITION,
                        "cluster {name} does not archive by the command of windlass protect now, so nobody can tell how far"
                                + " its WAL has got",
                        "protect it with windlass protect {name}, or go back by hand, see the page",
                        "no-cluster"),
                failure(
                        PRECONDITION,
                        "{time} has not come yet: the server of cluster {name} has {time}",
                        "name a moment between {time} and {time}, with its time zone",
                        "window"),
                failure(
                        PRECONDITION,
                        "cluster {name} has no backup from before {time}",
                        "name a moment between {time} and {time}, or take an older set with --backup",
                        "window"),
                failure(
                        TARGET_UNAVAILABLE,
                        "the WAL of {time} has not reached store {name} yet: {what} (archived until {time})",
                        "see windlass protect status {name} for what stands in its way, then start the recovery again",
                        "wal-not-there"),
                failure(
                        RESTORE_FAILED,
                        "cluster {name} cannot be replayed up to {time}: its WAL ends before",
                        "a segment is missing in between: name an earlier moment, or take a set with --backup",
                        "wal-not-there"),
                failure(
                        STORAGE_UNAVAILABLE,
                        "cluster {name} cannot be replayed up to {moment}: its WAL cannot be fetched: {words of the server}",
                        "see windlass protect status {name} for whether its bucket answers, then start this again",
                        "wal-not-there"),
                failure(
                        NOT_FOUND,
                        "cluster {name} had no database {name} at {time}",
                        "name a moment when it was there; under another name it is got by hand, see the page",
                        "not-there-then"),
                failure(
                        TOOL_MISSING,
                        "this machine has no programs of PostgreSQL {major}, which cluster {name} is restored by",
                        "install the package postgresql-{major}, or name its directory as tools of the database in ops.yml",
                        "beside"),
                failure(
                        COMMAND_FAILED,
                        "the cluster restored beside does not start: {words of the server}",
                        "nothing to do unless it happens again: then look for a lack of memory or disk",
                        "beside"),
                failure(
                        COMMAND_FAILED,
                        "{program} ended with exit code {code}: {its last words}",
                        "nothing to do unless it happens again: then look for a lack of memory or disk",
                        "beside"),
                failure(
                        DISK_FULL,
                        "the scratch directory {directory} has {free} free, and cluster {name} beside the live one needs"
                                + " {needed}",
                        "free space there, or put the key backup.scratch.directory on a larger disk",
                        "room"));
    }

    private static Failure failure(FailureType type, String fact, String hint, String place) {
        return new Failure(type, fact, hint, "recover-database.md#" + place);
    }
}
