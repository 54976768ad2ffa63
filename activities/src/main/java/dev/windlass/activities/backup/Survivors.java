package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepToken;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.FailureType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** Ends the sessions that an earlier attempt of a step left in the server: killing pg_dump does not always end its backend. */
public final class Survivors {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String TERMINATE = """
            SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity
            WHERE application_name = ? AND usename = current_user AND pid <> pg_backend_pid()
            """;

    private Survivors() {}

    public static void terminate(Database database, Connection connection, StepToken token) throws SQLException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        try (PreparedStatement statement = connection.prepareStatement(TERMINATE)) {
            statement.setString(1, token.abbreviated());
            int left = count(statement);
            while (left > 0) {
                if (System.nanoTime() > deadline) {
                    throw PostgresFailures.failure(
                            FailureType.LOCKED,
                            left + " sessions of an earlier attempt are still at work in database " + database.name(),
                            "end them with pg_terminate_backend where application_name is " + token.abbreviated(),
                            "survivors",
                            null);
                }
                left = count(statement);
            }
        }
    }

    /** Each call waits up to five seconds a session, so asking again is no busy loop. */
    private static int count(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }
}
