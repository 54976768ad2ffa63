package dev.windlass.runbooks.backup;

import static dev.windlass.workflows.kernel.FailureType.ALREADY_EXISTS;
import static dev.windlass.workflows.kernel.FailureType.ARTEFACT_DAMAGED;
import static dev.windlass.workflows.kernel.FailureType.COMMAND_FAILED;
import static dev.windlass.workflows.kernel.FailureType.CONFIGURATION;
import static dev.windlass.workflows.kernel.FailureType.DATABASE_GONE;
import static dev.windlass.workflows.kernel.FailureType.DATABASE_UNREACHABLE;
import static dev.windlass.workflows.kernel.FailureType.DISK_FULL;
import static dev.windlass.workflows.kernel.FailureType.LOCKED;
import static dev.windlass.workflows.kernel.FailureType.NOT_FOUND;
import static dev.windlass.workflows.kernel.FailureType.PRECONDITION;
import static dev.windlass.workflows.kernel.FailureType.RESTORE_DIFFERS;
import static dev.windlass.workflows.kernel.FailureType.RESTORE_FAILED;
import static dev.windlass.workflows.kernel.FailureType.SECRET_MISSING;
import static dev.windlass.workflows.kernel.FailureType.SNAPSHOT_LOST;
import static dev.windlass.workflows.kernel.FailureType.STORAGE_REFUSED;
import static dev.windlass.workflows.kernel.FailureType.STORAGE_UNAVAILABLE;
import static dev.windlass.workflows.kernel.FailureType.TOOL_MISSING;
import static dev.windlass.workflows.kernel.FailureType.TOOL_TOO_OLD;
import static dev.windlass.workflows.kernel.FailureType.WRONG_IDENTITY;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import java.util.List;

/**
 * What the backup runbooks say when they fail, as the code says it: {@code {…}} stands for a value of the run, the rest is
 * the code's own wording, which a test looks up. At least one line for each place of a page that an error leads to.
 */
final class PageFailures {
    private PageFailures() {}

    static List<Failure> ofMachines() {
        return List.of(
                failure(
                        LOCKED,
                        "another run holds {resource} and did not give it back within {time}",
                        "open the workflow lock/{resource} in the Temporal UI: its details name the run that holds it.",
                        "locked"),
                failure(
                        DISK_FULL,
                        "the backup needs up to {needed} in {directory}, {free} are free",
                        "run `windlass backup prune --plan` to see what retention would free, or make room, then run the"
                                + " backup again.",
                        "disk-full"),
                failure(
                        DISK_FULL,
                        "no space is left to write {file}",
                        "free space on that file system or keep fewer days of backups, then run it again",
                        "disk-full"),
                failure(
                        DISK_FULL,
                        "no space left for {file}: {reason}",
                        "free space on its file system, then retry; what was written of it is removed already",
                        "disk-full"),
                failure(
                        TOOL_MISSING,
                        "program {program} is not installed",
                        "install {package}, then retry the step",
                        "tool-missing"),
                failure(
                        COMMAND_FAILED,
                        "{program} could not be started: {reason}",
                        "check the limits on processes and memory of this machine, then retry the step",
                        "command-failed"),
                failure(
                        COMMAND_FAILED,
                        "{program} was killed because the worker is stopping",
                        "nothing to do: the step is retried when a worker runs again",
                        "command-failed"),
                failure(
                        COMMAND_FAILED,
                        "processes {pids} of {step} are alive {seconds} s after they were killed",
                        "look at them with ps -o pid,user,stat,wchan,args; one in state D waits for a disk or a network"
                                + " file system",
                        "command-failed"),
                failure(
                        SECRET_MISSING,
                        "secret env:{name} is not set in the worker's environment",
                        "set {name} where the worker is started (its unit's EnvironmentFile), then restart it",
                        "secret-missing"),
                failure(
                        SECRET_MISSING,
                        "secret {reference} can be read by others: {file} has mode {mode}",
                        "run chmod 600 {file}, and change the secret if somebody may have read it",
                        "secret-missing"),
                failure(
                        CONFIGURATION,
                        "command {program} is meant for host {host}, and this worker runs commands on its own machine"
                                + " only",
                        "use host local, or run a worker there",
                        "configuration"));
    }

    static List<Failure> ofDatabases() {
        return List.of(
                failure(
                        DATABASE_UNREACHABLE,
                        "database {name} at {host} port {port} does not answer: {reason}",
                        "check that the server runs and accepts connections from this machine",
                        "database-unreachable"),
                failure(
                        PRECONDITION,
                        "database {name} refuses {user}: {reason}",
                        "check user and password in ops.yml and the server's pg_hba.conf",
                        "database-refuses-us"),
                failure(
                        SECRET_MISSING,
                        "database {name} wants a password for {user} and ops.yml names none",
                        "give the database a password reference, such as env:BACKUP_PASSWORD, in ops.yml",
                        "database-refuses-us"),
                failure(
                        COMMAND_FAILED,
                        "the dump of {name} broke off: {last words}",
                        "read the last words of the program above; when the database is fine, run the backup again",
                        "dump-failed"),
                failure(
                        DATABASE_GONE,
                        "database {name} vanished while it was dumped: {last words}",
                        "nothing of this run is kept and the last proven set is untouched; correct ops.yml if the"
                                + " database is meant to be gone",
                        "database-gone"),
                failure(
                        DATABASE_GONE,
                        "database {name} does not exist on its server: {reason}",
                        "restore it, or take it out of ops.yml if it was dropped on purpose",
                        "database-gone"),
                failure(
                        PRECONDITION,
                        "database {name} does not let {user} read everything: {reason}",
                        "grant it pg_read_all_data and BYPASSRLS, or use a superuser",
                        "role-cannot-read-all"),
                failure(
                        TOOL_TOO_OLD,
                        "pg_dump in {directory} is {version}, older than the server of database {name}, which is"
                                + " {server version}",
                        "install the package postgresql-client-{server version}",
                        "pg-dump-too-old"),
                failure(
                        PRECONDITION,
                        "database {name} runs on PostgreSQL {version}, and {oldest} is the oldest that can be proven",
                        "upgrade the server",
                        "server-too-old"),
                failure(
                        LOCKED,
                        "database {name} has a table that another session keeps locked: {reason}",
                        "find that session in pg_stat_activity and let it end",
                        "table-locked"),
                failure(
                        LOCKED,
                        "the tables of database {name} changed during each of {count} tries to lock them",
                        "wait until the migration that creates and drops tables is over",
                        "tables-keep-changing"),
                failure(
                        SNAPSHOT_LOST,
                        "the session that held the snapshot of database {name} is gone: {reason}",
                        "nothing to do unless it happens again: the next attempt takes a new snapshot",
                        "snapshot-lost"));
    }

    static List<Failure> ofStores() {
        return List.of(
                failure(
                        STORAGE_UNAVAILABLE,
                        "store {name} did not answer: {reason}",
                        "look at the store's status page and at this machine's network; the step goes on where it broke"
                                + " off",
                        "storage-unavailable"),
                failure(
                        STORAGE_REFUSED,
                        "store {name} refused: {status} {code} while {what}",
                        "renew the key in {access key} and {secret key}, with permission to read and write objects of"
                                + " bucket {bucket}",
                        "storage-refused"),
                failure(
                        STORAGE_REFUSED,
                        "store {name} refused: {status} {code} while {what}",
                        "set this machine's clock: signatures are valid for minutes only",
                        "storage-refused"),
                failure(
                        ALREADY_EXISTS,
                        "{key} is in store {name} already, with other content",
                        "two workers may run with one backup directory or bucket prefix: stop one of them, then run the"
                                + " backup again.",
                        "already-exists"),
                failure(
                        NOT_FOUND,
                        "store {name} has no object {key}",
                        "look with \"windlass backup show\" which store holds the set",
                        "storage-refused"));
    }

    static List<Failure> ofSets() {
        return List.of(
                failure(
                        RESTORE_DIFFERS,
                        "set {set} from {store} does not restore to what it was taken from, {count} differences:"
                                + " {differences}",
                        "keep the older proven set, look at this one with `windlass backup show {set}`, and run"
                                + " `windlass backup run` once the cause is found.",
                        "restore-differs"),
                failure(
                        ARTEFACT_DAMAGED,
                        "{file} is damaged: {reason}",
                        "fetch the set's copy from another store, and look at the disk that holds this one",
                        "artefact-damaged"),
                failure(
                        RESTORE_FAILED,
                        "pg_restore cannot restore the dump: {reason}",
                        "run the by-hand steps of the page with this set, and make a new backup once the cause is gone",
                        "restore-failed"),
                failure(
                        RESTORE_FAILED,
                        "the roles of the set cannot be restored: {reason}",
                        "run the by-hand steps of the page and look at the roles in the set's globals",
                        "restore-failed"),
                failure(
                        DISK_FULL,
                        "the scratch directory {directory} has {free} MiB free, and restoring needs {needed} MiB",
                        "free space there, or put the key backup.scratch.directory on a larger disk",
                        "disk-full"),
                failure(
                        COMMAND_FAILED,
                        "the scratch cluster in {directory} could not be set up: {reason}",
                        "see that the user who runs it may pass every directory above, and read server.log there",
                        "scratch-cluster"),
                failure(
                        WRONG_IDENTITY,
                        "the age identity in {reference} does not open {file}",
                        "give the identity of one of the recipients that the set's manifest names with --identity; if it"
                                + " is the right one, the file's header is damaged: compare its sha256",
                        "wrong-identity"));
    }

    private static Failure failure(FailureType type, String fact, String hint, String place) {
        return new Failure(type, fact, hint, "backup.md#" + place);
    }
}
