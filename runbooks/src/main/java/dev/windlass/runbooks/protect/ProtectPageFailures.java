package dev.windlass.runbooks.protect;

import static dev.windlass.workflows.kernel.FailureType.ARTEFACT_DAMAGED;
import static dev.windlass.workflows.kernel.FailureType.COMMAND_FAILED;
import static dev.windlass.workflows.kernel.FailureType.DATABASE_UNREACHABLE;
import static dev.windlass.workflows.kernel.FailureType.LOCKED;
import static dev.windlass.workflows.kernel.FailureType.NOT_FOUND;
import static dev.windlass.workflows.kernel.FailureType.PRECONDITION;
import static dev.windlass.workflows.kernel.FailureType.STORAGE_REFUSED;
import static dev.windlass.workflows.kernel.FailureType.STORAGE_UNAVAILABLE;
import static dev.windlass.workflows.kernel.FailureType.TARGET_UNAVAILABLE;
import static dev.windlass.workflows.kernel.FailureType.TOOL_TOO_OLD;
import static dev.windlass.workflows.kernel.FailureType.WRONG_IDENTITY;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import java.util.List;
import java.util.stream.Stream;

/** What protecting a cluster says when it cannot go on, as the code says it; {@code {…}} stands for a value of the run. */
final class ProtectPageFailures {
    private ProtectPageFailures() {}

    static List<Failure> all() {
        return Stream.of(whileItIsPlanned(), ofPgBackRest(), ofBackups())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Failure> whileItIsPlanned() {
        return List.of(
                failure(
                        NOT_FOUND,
                        "ops.yml has no {kind} \"{name}\"; it has {names}",
                        "{did you mean} A new one is added to clusters in ops.yml; then restart the worker",
                        "unknown-name"),
                failure(
                        TOOL_TOO_OLD,
                        "pgbackrest on this machine is {version}, and {range} is what is known to work here",
                        "install a version of that range, and hold it (apt-mark hold pgbackrest)",
                        "version"),
                failure(
                        PRECONDITION,
                        "{user} is no superuser of cluster {name}, and only one may change its settings",
                        "give the cluster user and password of a superuser in ops.yml",
                        "no-superuser"),
                failure(
                        PRECONDITION,
                        "the server of database {name} keeps its data in {directory}, and ops.yml says {directory}",
                        "correct the key data_directory, or the database that the cluster is reached through",
                        "other-directory"),
                failure(
                        PRECONDITION,
                        "cluster {name} is a standby, and WAL is archived by the primary",
                        "protect the primary, by the worker on its machine",
                        "standby"),
                failure(
                        PRECONDITION,
                        "cluster {name} has wal_level minimal, whose WAL restores nothing",
                        "set wal_level to replica and restart PostgreSQL, then start this again",
                        "wal-level"),
                failure(
                        PRECONDITION,
                        "cluster {name} archives already, by an archive_command of somebody else: {command}",
                        "see whom that serves; if it may end, say --accept archive_command",
                        "somebody-elses-archiving"),
                failure(
                        PRECONDITION,
                        "cluster {name} archives through archive_library {name}, beside which no archive_command works",
                        "see whom that serves, reset archive_library, then start this again",
                        "somebody-elses-archiving"),
                failure(
                        PRECONDITION,
                        "the request accepts a restart of cluster {name}, and ops.yml names no command for it",
                        "give the cluster the key restart, or leave --accept restart out and restart PostgreSQL by hand",
                        "restart"),
                failure(
                        DATABASE_UNREACHABLE,
                        "database {name} refused or broke off a statement: {words of the server}",
                        "look into the server's log",
                        "server"));
    }

    private static List<Failure> ofPgBackRest() {
        return List.of(
                failure(
                        STORAGE_UNAVAILABLE,
                        "store {name} does not answer pgBackRest: {words of pgBackRest}",
                        "check endpoint, name resolution and certificate of the store from this machine",
                        "bucket-unreachable"),
                failure(
                        STORAGE_UNAVAILABLE,
                        "pgbackrest {command} did not end within {time} and was killed; store {name} may not answer",
                        "check endpoint, name resolution and certificate of the store from this machine",
                        "bucket-unreachable"),
                failure(
                        STORAGE_REFUSED,
                        "store {name} refuses the key of pgBackRest: {words of pgBackRest}",
                        "give the store a key that may read and write this bucket, then start this again",
                        "bucket-refuses-us"),
                failure(
                        STORAGE_REFUSED,
                        "store {name} has no such bucket: {words of pgBackRest}",
                        "correct the key bucket of the store, or make the bucket",
                        "bucket-refuses-us"),
                failure(
                        STORAGE_UNAVAILABLE,
                        "store {name} asks for fewer requests: {words of pgBackRest}",
                        "nothing to do: the step is tried again after a while",
                        "r2"),
                failure(
                        WRONG_IDENTITY,
                        "the repository of stanza {name} cannot be read with this passphrase: {words of pgBackRest}",
                        "give the cluster the passphrase that the repository was made with; a new one needs a new stanza",
                        "wrong-passphrase"),
                failure(
                        TARGET_UNAVAILABLE,
                        "no WAL segment reached the repository in time: {words of pgBackRest}",
                        "look into PostgreSQL's log for what archive_command says",
                        "archiving-fails"),
                failure(
                        LOCKED,
                        "another pgbackrest is at work on stanza {name}: {words of pgBackRest}",
                        "let it end; see who started it with ps",
                        "pgbackrest-busy"),
                failure(
                        COMMAND_FAILED,
                        "pgbackrest failed: {words of pgBackRest}",
                        "look at the whole output: windlass logs",
                        "pgbackrest-failed"),
                failure(
                        COMMAND_FAILED,
                        "{program} ended with exit code {code}: {its last words}",
                        "look at the directory and its owner",
                        "command-failed"));
    }

    private static List<Failure> ofBackups() {
        return List.of(
                failure(
                        ARTEFACT_DAMAGED,
                        "backup {label} of cluster {name} holds pages whose checksum does not fit: the data directory"
                                + " itself is damaged",
                        "see which with pgbackrest info --set={label}; keep every older backup, and look at disk and"
                                + " memory before anything else",
                        "page-errors"),
                failure(
                        ARTEFACT_DAMAGED,
                        "cluster {name} is damaged inside: {what and how}, and {number} more",
                        "keep every older backup, look at disk and memory, and see the whole list with windlass logs",
                        "amcheck"),
                failure(
                        COMMAND_FAILED,
                        "pg_amcheck was kept from looking at cluster {name}: {its words}",
                        "see that the server runs and the user of the cluster is a superuser; the check is tried again",
                        "amcheck"),
                failure(
                        PRECONDITION,
                        "no database of cluster {name} has the extension amcheck; with tables there are: {names}",
                        "in each of them, as a superuser: CREATE EXTENSION amcheck; or write amcheck: {depth: off}",
                        "amcheck"),
                failure(
                        COMMAND_FAILED,
                        "pgbackrest info lists no backup of stanza {name} after one was made",
                        "look at the bucket: somebody may have removed it",
                        "pgbackrest-failed"));
    }

    private static Failure failure(FailureType type, String fact, String hint, String place) {
        return new Failure(type, fact, hint, "protect.md#" + place);
    }
}
