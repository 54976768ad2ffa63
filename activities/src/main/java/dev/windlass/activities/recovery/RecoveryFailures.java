package dev.windlass.activities.recovery;

import dev.windlass.activities.backup.PostgresFailures;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.UnknownNameException;
import dev.windlass.workflows.backup.DatabaseProof;
import dev.windlass.workflows.backup.Difference;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.recovery.CopySource;
import dev.windlass.workflows.recovery.TableReference;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a recovery says when it cannot go on. */
final class RecoveryFailures {
    private RecoveryFailures() {}

    static ApplicationFailure unknownName(UnknownNameException unknown) {
        return failure(
                FailureType.NOT_FOUND,
                String.valueOf(unknown.getMessage()),
                "use one of these names, or add it to ops.yml and restart the worker",
                "recover-database.md#not-found",
                unknown);
    }

    static ApplicationFailure noSet(DatabaseName database) {
        return failure(
                FailureType.NOT_FOUND,
                "there is no proven set of database " + database + " that this machine can open",
                "look at windlass backup list, then name a set with --backup, and the recovery identity with --identity",
                "recover-database.md#no-set",
                null);
    }

    static ApplicationFailure notInSet(DatabaseName database, SetId set) {
        return failure(
                FailureType.NOT_FOUND,
                "set " + set + " does not hold database " + database,
                "take another one of windlass backup list, with --backup",
                "recover-database.md#no-set",
                null);
    }

    static ApplicationFailure nobodyCanTell(Database database) {
        return failure(
                FailureType.CONFIGURATION,
                "ops.yml asks for approvals, and nobody can tell whose: database " + database.name()
                        + " is of environment " + database.environment() + ", which neither approvals nor an app knows",
                "write into ops.yml which environment the database is of, as approvals calls it",
                "recover-database.md#environment",
                null);
    }

    static ApplicationFailure cannot(Database database, List<String> reasons) {
        return failure(
                FailureType.PRECONDITION,
                "database " + database.name() + " cannot be recovered by " + database.user() + ": "
                        + String.join("; ", reasons),
                "change that, then start the recovery again",
                "recover-database.md#cannot",
                null);
    }

    static ApplicationFailure nameTaken(Database database, String name) {
        return failure(
                FailureType.ALREADY_EXISTS,
                "the server at " + database.host() + ":" + database.port() + " has a database " + name
                        + " already, which the recovery needs as a name",
                "see whose it is; drop or rename it when nobody needs it, then start the recovery again",
                "recover-database.md#name-taken",
                null);
    }

    static ApplicationFailure noTable(Database database, TableReference table) {
        return failure(
                FailureType.NOT_FOUND,
                "database " + database.name() + " has no table " + table + " that rows could come back into",
                "correct the name; a table that was dropped is taken out of a copy by hand, see the page",
                "recover-database.md#no-table",
                null);
    }

    static ApplicationFailure notInCopy(TableReference table, CopySource source) {
        return failure(
                FailureType.NOT_FOUND,
                source.words() + " holds no table " + table,
                switch (source) {
                    case CopySource.BackupSet set -> "take an older or newer set with --backup, or leave the table out";
                    case CopySource.PointInTime moment -> "take another moment with --to, or leave the table out";
                },
                "recover-database.md#no-table",
                null);
    }

    static ApplicationFailure noKey(TableReference table) {
        return failure(
                FailureType.PRECONDITION,
                "table " + table + " has no primary key, so nobody can tell which of its rows are missing",
                "leave it out, and copy what you need out of a copy by hand, see the page",
                "recover-database.md#no-key",
                null);
    }

    static ApplicationFailure otherShape(TableReference table, String difference) {
        return failure(
                FailureType.PRECONDITION,
                "table " + table + " is not made as in the copy: " + difference,
                "leave it out, and copy what you need out of a copy by hand, see the page",
                "recover-database.md#no-key",
                null);
    }

    static ApplicationFailure differs(CopySource source, DatabaseProof proof) {
        return failure(
                FailureType.RESTORE_DIFFERS,
                "a copy from " + source.words() + " differs from what was dumped: "
                        + proof.differences().stream()
                                .limit(3)
                                .map(Difference::toString)
                                .collect(Collectors.joining("; "))
                        + "; the live database was not touched",
                switch (source) {
                    case CopySource.BackupSet set -> "take another set or store with --backup or --from";
                    case CopySource.PointInTime moment -> "start the recovery again, or take a set with --backup";
                },
                "recover-database.md#copy-differs",
                null);
    }

    static ApplicationFailure copyGone(String name) {
        return failure(
                FailureType.PRECONDITION,
                "the copy " + name + " is gone, or somebody else's",
                "start the recovery again; the live database was not touched",
                "recover-database.md#copy-gone",
                null);
    }

    static ApplicationFailure liveGone(Database database) {
        return failure(
                FailureType.PRECONDITION,
                "the server has no database " + database.database() + " any more",
                "somebody renamed or dropped it: give it back its name, then start the recovery again",
                "recover-database.md#copy-gone",
                null);
    }

    static ApplicationFailure othersStay(Database database, long sessions) {
        return failure(
                FailureType.LOCKED,
                sessions + " sessions in database " + database.name() + " do not end",
                "end them with pg_terminate_backend, or stop what opens them; the step is tried again",
                "recover-database.md#cannot-be-renamed",
                null);
    }

    static ApplicationFailure renaming(Database database, SQLException failed) {
        // Still in use (a session, a prepared transaction), its lock not given in time, or a session that is not ours.
        return Set.of("55006", "55P03", "42501").contains(PostgresFailures.stateOf(failed))
                ? failure(
                        FailureType.LOCKED,
                        "database " + database.name() + " cannot be renamed: " + PostgresFailures.lineOf(failed),
                        "end its sessions and prepared transactions (pg_stat_activity, pg_prepared_xacts); the step is"
                                + " tried again",
                        "recover-database.md#cannot-be-renamed",
                        failed)
                : PostgresFailures.using(database, failed);
    }

    /** Of the rows that come back; class 23 is what a constraint says. */
    static ApplicationFailure bringingBack(Database database, SQLException failed) {
        String state = PostgresFailures.stateOf(failed);
        String words = PostgresFailures.lineOf(failed);
        if (state.equals("23503")) {
            return failure(
                    FailureType.PRECONDITION,
                    "rows that would come back refer to others that are missing as well: " + words + "; none came back",
                    "name that table with --table too: tables come back in the order in which they refer",
                    "recover-database.md#refused-rows",
                    failed);
        }
        if (state.startsWith("23") || state.startsWith("22") || state.startsWith("42") || state.startsWith("0A")) {
            return failure(
                    FailureType.PRECONDITION,
                    "the live database does not take the rows back: " + words + "; none came back",
                    "see what has changed since the copy's rows were written; copy what you need by hand, see the page",
                    "recover-database.md#refused-rows",
                    failed);
        }
        return PostgresFailures.using(database, failed);
    }

    private static ApplicationFailure failure(
            FailureType type, String fact, String hint, String anchor, @Nullable Throwable cause) {
        return new Failure(type, fact, hint, anchor).asException(cause);
    }
}
