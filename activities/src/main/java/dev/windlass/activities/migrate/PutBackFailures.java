package dev.windlass.activities.migrate;

import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.backup.DatabaseProof;
import dev.windlass.workflows.backup.Difference;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the way back by a restore says when it cannot be gone. */
final class PutBackFailures {
    private PutBackFailures() {}

    static ApplicationFailure notAccepted(Database database) {
        return failure(
                FailureType.PRECONDITION,
                "nobody accepted that " + database.name()
                        + " is put back from a backup if its migration fails, and what"
                        + " is written in the meantime is lost",
                "start it again with --accept restore, or write undo: down or undo: ask into ops.yml",
                "undo-by-restore",
                null);
    }

    static ApplicationFailure cannot(Database database, List<String> reasons) {
        return failure(
                FailureType.PRECONDITION,
                "database " + database.name() + " cannot be put back from a backup by " + database.user() + ": "
                        + String.join("; ", reasons),
                "change that, or write undo: down or undo: ask into ops.yml",
                "undo-by-restore",
                null);
    }

    static ApplicationFailure differs(Database database, SetId set, DatabaseProof proof) {
        return failure(
                FailureType.RESTORE_DIFFERS,
                "a copy of " + database.name() + " from set " + set + " differs from what was dumped: "
                        + proof.differences().stream()
                                .limit(3)
                                .map(Difference::toString)
                                .collect(Collectors.joining("; "))
                        + "; the database itself was not touched",
                "take away the cause (a setting or owner that the migration changed is copied from the live database),"
                        + " then windlass resume with --retry",
                "put-back-failed",
                null);
    }

    static ApplicationFailure gone(Database database, List<String> there) {
        return failure(
                FailureType.PRECONDITION,
                "the server has no database " + database.database() + " any more"
                        + (there.isEmpty() ? "" : ", but " + String.join(" and ", there)),
                "somebody renamed or dropped it: give it back its name, then windlass resume with --retry",
                "put-back-failed",
                null);
    }

    static ApplicationFailure renaming(Database database, SQLException failed) {
        String state = failed.getSQLState() == null ? "" : failed.getSQLState();
        // Still in use (a session, a prepared transaction), its lock not given in time, or a session that is not ours
        // to end.
        return Set.of("55006", "55P03", "42501").contains(state)
                ? failure(
                        FailureType.LOCKED,
                        "database " + database.name() + " cannot be renamed: " + words(failed),
                        "end its sessions and prepared transactions (pg_stat_activity, pg_prepared_xacts), then windlass"
                                + " resume with --retry",
                        "put-back-failed",
                        failed)
                : MigrateFailures.database(database, failed);
    }

    private static String words(SQLException failed) {
        return String.valueOf(failed.getMessage()).lines().collect(Collectors.joining(" "));
    }

    private static ApplicationFailure failure(
            FailureType type, String fact, String hint, String place, @Nullable Throwable cause) {
        return new Failure(type, fact, hint, "migrate.md#" + place).asException(cause);
    }
}
