package dev.windlass.runbooks.migrate;

import static dev.windlass.workflows.kernel.FailureType.LOCKED;
import static dev.windlass.workflows.kernel.FailureType.PRECONDITION;
import static dev.windlass.workflows.kernel.FailureType.RESTORE_DIFFERS;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import java.util.List;

/** As {@link MigratePageFailures}, for the way back by a restore. */
final class PutBackPageFailures {
    private PutBackPageFailures() {}

    static List<Failure> ofTheWayBack() {
        return List.of(
                failure(
                        PRECONDITION,
                        "nobody accepted that {database} is put back from a backup if its migration fails, and what is"
                                + " written in the meantime is lost",
                        "start it again with --accept restore, or write undo: down or undo: ask into ops.yml",
                        "undo-by-restore"),
                failure(
                        PRECONDITION,
                        "database {database} cannot be put back from a backup by {user}: {reasons}",
                        "change that, or write undo: down or undo: ask into ops.yml",
                        "undo-by-restore"),
                failure(
                        LOCKED,
                        "another backup came between, {count} times, and no set of this run stayed restorable",
                        "let the other backups end, then start the migration again; nothing was changed",
                        "undo-by-restore"),
                failure(
                        RESTORE_DIFFERS,
                        "a copy of {database} from set {set} differs from what was dumped: {differences}; the database"
                                + " itself was not touched",
                        "take away the cause (a setting or owner that the migration changed is copied from the live"
                                + " database), then windlass resume with --retry",
                        "put-back-failed"),
                failure(
                        LOCKED,
                        "database {database} cannot be renamed: {reason}",
                        "end its sessions and prepared transactions (pg_stat_activity, pg_prepared_xacts), then windlass"
                                + " resume with --retry",
                        "put-back-failed"),
                failure(
                        PRECONDITION,
                        "the server has no database {name} any more{, but others}",
                        "somebody renamed or dropped it: give it back its name, then windlass resume with --retry",
                        "put-back-failed"));
    }

    private static Failure failure(FailureType type, String fact, String hint, String place) {
        return new Failure(type, fact, hint, "migrate.md#" + place);
    }
}
