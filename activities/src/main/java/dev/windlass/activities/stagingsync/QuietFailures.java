package dev.windlass.activities.stagingsync;

import dev.windlass.activities.backup.PostgresFailures;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Failures of a database whose rows are personal. PostgreSQL's own words hold values ({@code invalid input syntax for type integer:
 * "…"}, {@code Key (email)=(…) already exists}), and a failure goes into Temporal's history, into logs and to Slack. So only the
 * state leaves, and the names of what it is about; the exception itself is not its cause.
 */
final class QuietFailures {
    private QuietFailures() {}

    static ApplicationFailure using(Database database, SQLException thrown) {
        String state = PostgresFailures.stateOf(thrown);
        return new Failure(
                        type(state),
                        "database " + database.name() + " refused a statement: " + said(thrown),
                        "the server's log has the statement and the values; nothing of them leaves the server here.",
                        "staging-sync.md#database-refused")
                .asException();
    }

    /** The session is gone. Other states that mean a lost snapshot elsewhere are a statement's own here, and quote values. */
    static boolean isLost(SQLException thrown) {
        return type(PostgresFailures.stateOf(thrown)) == FailureType.DATABASE_UNREACHABLE;
    }

    /** The state, and the names of table, column, type and constraint as far as PostgreSQL gives them. */
    static String said(SQLException thrown) {
        List<String> said = new ArrayList<>();
        String state = PostgresFailures.stateOf(thrown);
        said.add(state.matches("[0-9A-Z]{5}") ? "SQLSTATE " + state : "no SQLSTATE");
        ServerErrorMessage message = thrown instanceof PSQLException known ? known.getServerErrorMessage() : null;
        if (message != null) {
            name(said, "table", message.getTable());
            name(said, "column", message.getColumn());
            name(said, "type", message.getDatatype());
            name(said, "constraint", message.getConstraint());
        }
        return String.join(", ", said);
    }

    private static void name(List<String> said, String what, @org.jspecify.annotations.Nullable String name) {
        if (name != null && !name.isEmpty()) {
            said.add(what + " " + name);
        }
    }

    static FailureType type(String state) {
        if (state.startsWith("08") || state.startsWith("57P")) {
            return FailureType.DATABASE_UNREACHABLE;
        }
        // What the data or the schema do not allow now, they do not allow a minute later.
        if (state.startsWith("22") || state.startsWith("23") || state.startsWith("42")) {
            return FailureType.PRECONDITION;
        }
        return switch (state) {
            case "3D000" -> FailureType.DATABASE_GONE;
            case "55P03" -> FailureType.LOCKED;
            case "53100" -> FailureType.DISK_FULL;
            default -> FailureType.COMMAND_FAILED;
        };
    }
}
