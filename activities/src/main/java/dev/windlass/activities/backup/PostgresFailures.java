package dev.windlass.activities.backup;

import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Says what an SQLException means for a backup. Codes: PostgreSQL manual, appendix A. */
public final class PostgresFailures {
    private PostgresFailures() {}

    /** While a connection is made. */
    static ApplicationFailure connecting(Database database, SQLException thrown) {
        String state = stateOf(thrown);
        String where = "database " + database.name();
        if (state.equals("08004")) { // pgjdbc: the server wants a password and none is configured
            return failure(
                    FailureType.SECRET_MISSING,
                    where + " wants a password for " + database.user() + " and ops.yml names none",
                    "give the database a password reference, such as env:BACKUP_PASSWORD, in ops.yml",
                    "database-refuses-us",
                    thrown);
        }
        if (state.startsWith("28")) {
            return failure(
                    FailureType.PRECONDITION,
                    where + " refuses " + database.user() + ": " + lineOf(thrown),
                    "check user and password in ops.yml and the server's pg_hba.conf",
                    "database-refuses-us",
                    thrown);
        }
        if (state.equals("3D000")) {
            return gone(database, thrown);
        }
        return failure(
                FailureType.DATABASE_UNREACHABLE,
                where + " at " + database.host() + " port " + database.port() + " does not answer: " + lineOf(thrown),
                "check that the server runs and accepts connections from this machine",
                "database-unreachable",
                thrown);
    }

    /** While a connection is used. */
    public static ApplicationFailure using(Database database, SQLException thrown) {
        String state = stateOf(thrown);
        String where = "database " + database.name();
        if (state.equals("3D000")) {
            return gone(database, thrown);
        }
        if (state.equals("42501")) {
            return failure(
                    FailureType.PRECONDITION,
                    where + " does not let " + database.user() + " read everything: " + lineOf(thrown),
                    "grant it pg_read_all_data and BYPASSRLS, or use a superuser",
                    "role-cannot-read-all",
                    thrown);
        }
        if (state.equals("55P03")) {
            return failure(
                    FailureType.LOCKED,
                    where + " has a table that another session keeps locked: " + lineOf(thrown),
                    "find that session in pg_stat_activity and let it end",
                    "table-locked",
                    thrown);
        }
        if (state.equals("53100")) {
            return failure(
                    FailureType.DISK_FULL,
                    where + " has no space left on its server: " + lineOf(thrown),
                    "free space on the server's disk",
                    "disk-full",
                    thrown);
        }
        if (isLost(thrown)) {
            return failure(
                    FailureType.SNAPSHOT_LOST,
                    where + " ended our session: " + lineOf(thrown),
                    "nothing to do unless it happens again: the next attempt takes a new snapshot",
                    "snapshot-lost",
                    thrown);
        }
        return failure(
                FailureType.COMMAND_FAILED,
                where + " refused a statement (SQLSTATE " + state + "): " + lineOf(thrown),
                "look into the server's log for the statement",
                "database-refuses-us",
                thrown);
    }

    /** The session is gone or its snapshot is: 57P01 to 57P05, class 08, and what importing a dead snapshot says. */
    static boolean isLost(SQLException thrown) {
        String state = stateOf(thrown);
        return state.startsWith("08") || state.startsWith("57P") || state.equals("55000") || state.equals("22023");
    }

    public static String stateOf(SQLException thrown) {
        String state = thrown.getSQLState();
        return state == null ? "" : state;
    }

    private static ApplicationFailure gone(Database database, SQLException thrown) {
        return failure(
                FailureType.DATABASE_GONE,
                "database " + database.name() + " does not exist on its server: " + lineOf(thrown),
                "restore it, or take it out of ops.yml if it was dropped on purpose",
                "database-gone",
                thrown);
    }

    static ApplicationFailure failure(
            FailureType type, String fact, String hint, String place, @Nullable Throwable cause) {
        return new Failure(type, fact, hint, "backup.md#" + place).asException(cause);
    }

    /** Only the first line: details may quote rows. */
    public static String lineOf(SQLException thrown) {
        String message = thrown.getMessage();
        return message == null
                ? thrown.getClass().getSimpleName()
                : message.lines().findFirst().orElse("no message");
    }
}
