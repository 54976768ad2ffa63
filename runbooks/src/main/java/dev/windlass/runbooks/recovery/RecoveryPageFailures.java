package dev.windlass.runbooks.recovery;

import static dev.windlass.workflows.kernel.FailureType.ALREADY_EXISTS;
import static dev.windlass.workflows.kernel.FailureType.CONFIGURATION;
import static dev.windlass.workflows.kernel.FailureType.LOCKED;
import static dev.windlass.workflows.kernel.FailureType.NOT_FOUND;
import static dev.windlass.workflows.kernel.FailureType.PRECONDITION;
import static dev.windlass.workflows.kernel.FailureType.RESTORE_DIFFERS;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import java.util.List;

/** What can fail in a recovery, worded as the code says it; a test compares. */
final class RecoveryPageFailures {
    private RecoveryPageFailures() {}

    static List<Failure> all() {
        return List.of(
                failure(
                        NOT_FOUND,
                        "there is no proven set of database {database} that this machine can open",
                        "look at windlass backup list, then name a set with --backup, and the recovery identity with --identity",
                        "no-set"),
                failure(
                        NOT_FOUND,
                        "set {set} does not hold database {database}",
                        "take another one of windlass backup list, with --backup",
                        "no-set"),
                failure(
                        CONFIGURATION,
                        "ops.yml asks for approvals, and nobody can tell whose: database {database} is of environment {environment}, which neither approvals nor an app knows",
                        "write into ops.yml which environment the database is of, as approvals calls it",
                        "environment"),
                failure(
                        PRECONDITION,
                        "database {database} cannot be recovered by {user}: {reasons}",
                        "change that, then start the recovery again",
                        "cannot"),
                failure(
                        ALREADY_EXISTS,
                        "the server at {host}:{port} has a database {name} already, which the recovery needs as a name",
                        "see whose it is; drop or rename it when nobody needs it, then start the recovery again",
                        "name-taken"),
                failure(
                        NOT_FOUND,
                        "database {database} has no table {table} that rows could come back into",
                        "correct the name; a table that was dropped is taken out of a copy by hand, see the page",
                        "no-table"),
                failure(
                        NOT_FOUND,
                        "{set} holds no table {table}",
                        "take an older or newer set with --backup, or leave the table out",
                        "no-table"),
                failure(
                        PRECONDITION,
                        "table {table} has no primary key, so nobody can tell which of its rows are missing",
                        "leave it out, and copy what you need out of a copy by hand, see the page",
                        "no-key"),
                failure(
                        PRECONDITION,
                        "table {table} is not made as in the copy: {difference}",
                        "leave it out, and copy what you need out of a copy by hand, see the page",
                        "no-key"),
                failure(
                        RESTORE_DIFFERS,
                        "a copy from {set} differs from what was dumped: {differences}; the live database was not touched",
                        "take another set or store with --backup or --from",
                        "copy-differs"),
                failure(
                        PRECONDITION,
                        "the copy {name} is gone, or somebody else's",
                        "start the recovery again; the live database was not touched",
                        "copy-gone"),
                failure(
                        PRECONDITION,
                        "the server has no database {name} any more",
                        "somebody renamed or dropped it: give it back its name, then start the recovery again",
                        "copy-gone"),
                failure(
                        PRECONDITION,
                        "rows that would come back refer to others that are missing as well: {words}; none came back",
                        "name that table with --table too: tables come back in the order in which they refer",
                        "refused-rows"),
                failure(
                        PRECONDITION,
                        "the live database does not take the rows back: {words}; none came back",
                        "see what has changed since the copy's rows were written; copy what you need by hand, see the page",
                        "refused-rows"),
                failure(
                        LOCKED,
                        "{count} sessions in database {database} do not end",
                        "end them with pg_terminate_backend, or stop what opens them; the step is tried again",
                        "cannot-be-renamed"),
                failure(
                        LOCKED,
                        "database {database} cannot be renamed: {reason}",
                        "end its sessions and prepared transactions (pg_stat_activity, pg_prepared_xacts); the step is tried again",
                        "cannot-be-renamed"));
    }

    private static Failure failure(FailureType type, String fact, String hint, String place) {
        return new Failure(type, fact, hint, "recover-database.md#" + place);
    }
}
