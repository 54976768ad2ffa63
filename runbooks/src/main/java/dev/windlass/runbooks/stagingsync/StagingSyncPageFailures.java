package dev.windlass.runbooks.stagingsync;

import static dev.windlass.workflows.kernel.FailureType.COMMAND_FAILED;
import static dev.windlass.workflows.kernel.FailureType.CONFIGURATION;
import static dev.windlass.workflows.kernel.FailureType.DATABASE_UNREACHABLE;
import static dev.windlass.workflows.kernel.FailureType.NOT_FOUND;
import static dev.windlass.workflows.kernel.FailureType.PRECONDITION;
import static dev.windlass.workflows.kernel.FailureType.RESTORE_FAILED;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import java.util.List;

/** What a sync says when it cannot go on, as the code says it; {@code {…}} stands for a value of the run. */
final class StagingSyncPageFailures {
    private StagingSyncPageFailures() {}

    static List<Failure> all() {
        return List.of(
                failure(
                        CONFIGURATION,
                        "ops.yml does not say which database gets a masked copy of {name}",
                        "write staging_sync below the database as in ops.example.yml, then restart the worker",
                        "configuration"),
                failure(
                        CONFIGURATION,
                        "the classification {file} cannot be read",
                        "let windlass classify propose it, or correct staging_sync.classification in ops.yml",
                        "classification"),
                failure(
                        PRECONDITION,
                        "the classification is another one than the one that was planned with",
                        "start another run: it plans with the one that is there now",
                        "classification"),
                failure(
                        PRECONDITION,
                        "{name} and {target} are one and the same database",
                        "correct staging_sync.target in ops.yml: the target is replaced",
                        "same-database"),
                failure(
                        PRECONDITION,
                        "{place} holds {form} that no mask has made",
                        "give the column a mask in the classification; the copy was dropped, and staging is as it was",
                        "tripped"),
                failure(
                        PRECONDITION,
                        "{column} holds {found} of {searched} originals that were searched for",
                        "look at the column's mask, and at after_sql; the copy was dropped, and staging is as it was",
                        "originals"),
                failure(
                        PRECONDITION,
                        "the copy has rows that are nearly alone with their quasi-identifiers: {tables}",
                        "give one of the columns a coarser mask, or mask it; the copy was dropped, and staging is as it was",
                        "small-groups"),
                failure(
                        PRECONDITION,
                        "statement {number} of after_sql was refused: {said}",
                        "correct it in the classification; the copy was dropped, and staging is as it was",
                        "after-sql"),
                failure(
                        COMMAND_FAILED,
                        "pg_dump could not read the definitions of database {name}",
                        "run the command of the plan by hand: what it prints can hold values, and is not shown here",
                        "definitions"),
                failure(
                        PRECONDITION,
                        "the copy is not there any more",
                        "somebody has dropped it; start another run",
                        "swapped"),
                failure(
                        PRECONDITION,
                        "the copy has held its moment of production for {time}, as long as max_snapshot_age lets it",
                        "take a backup as the source, or a quiet hour and a higher max_rate; the copy was dropped, and staging is as it was",
                        "snapshot-age"),
                failure(
                        NOT_FOUND,
                        "there is no proven set of database {name} that this machine can open",
                        "make one by windlass backup run, or type --from production",
                        "source"),
                failure(
                        PRECONDITION,
                        "the newest proven set is {set}, and max_age is {age}",
                        "make a new one by windlass backup run, or type --from production",
                        "source"),
                failure(
                        RESTORE_FAILED,
                        "set {set} cannot be restored here: {why}",
                        "make a new backup by windlass backup run, or type --from production",
                        "source"),
                failure(
                        PRECONDITION,
                        "{target} does not work with the masked copy: {what}",
                        "see whether a migration is missing in staging, or a mask breaks what the app reads; staging was put back",
                        "smoke"),
                failure(
                        PRECONDITION,
                        "what staging was is not there any more as {replaced}",
                        "staging is the masked copy and stays it; look why it does not work, or start another run",
                        "smoke"),
                failure(
                        PRECONDITION,
                        "{staging} of staging_sync.redis and {other} of {name} are one and the same Redis server",
                        "name staging's own server, or take redis out of staging_sync: it is emptied",
                        "redis"),
                failure(
                        PRECONDITION,
                        "{staging} of staging_sync.redis and {other} of {name} replicate one another",
                        "name staging's own server, or take redis out of staging_sync: what is emptied is emptied in replicas too",
                        "redis"),
                failure(
                        CONFIGURATION,
                        "Redis at {server} refused a command: {said}",
                        "correct user, password and database of {key}; a user needs the commands INFO, EVAL, SELECT and FLUSHDB",
                        "redis"),
                failure(
                        DATABASE_UNREACHABLE,
                        "Redis at {server} did not answer: {said}",
                        "start it, or correct host and port of {key}; nothing is emptied while nobody can tell it from production's",
                        "redis"));
    }

    private static Failure failure(FailureType type, String fact, String hint, String place) {
        return new Failure(type, fact, hint, "staging-sync.md#" + place);
    }
}
