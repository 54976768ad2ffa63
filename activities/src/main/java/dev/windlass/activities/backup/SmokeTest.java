package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepToken;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.backup.Difference;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** One question that the team asks a restored copy. */
public final class SmokeTest {
    private static final String EXPECTED = "one row, one column, true";

    private SmokeTest() {}

    /** With the database's own settings, read-only; a statement that fails is a difference as well. */
    public static Optional<Difference> run(
            PostgresConnections connections, Database copy, StepToken token, Database.SmokeQuery query) {
        return run(
                connections,
                copy,
                token,
                query,
                PostgresFailures::isLost,
                PostgresFailures::lineOf,
                lost -> PostgresFailures.using(copy, lost));
    }

    /**
     * @param isLost whether the session is gone, and nobody knows what the statement says
     * @param refusal how a statement that fails is told
     * @param broken what is thrown when the session is gone, or cannot be begun
     */
    public static Optional<Difference> run(
            PostgresConnections connections,
            Database copy,
            StepToken token,
            Database.SmokeQuery query,
            Predicate<SQLException> isLost,
            Function<SQLException, String> refusal,
            Function<SQLException, ? extends RuntimeException> broken) {
        String subject = "smoke \"" + query.name() + "\"";
        try (Connection connection = connections.open(copy, token);
                Statement statement = connection.createStatement()) {
            statement.execute("RESET ALL");
            statement.execute("SET statement_timeout = '10min'");
            statement.execute("BEGIN READ ONLY");
            try (ResultSet row = statement.executeQuery(query.sql())) {
                String found = describe(row);
                return found.equals(EXPECTED)
                        ? Optional.empty()
                        : Optional.of(new Difference(subject, EXPECTED, found));
            } catch (SQLException refused) {
                if (isLost.test(refused)) {
                    throw refused;
                }
                return Optional.of(new Difference(subject, EXPECTED, refusal.apply(refused)));
            }
        } catch (SQLException lost) {
            throw broken.apply(lost);
        }
    }

    private static String describe(ResultSet row) throws SQLException {
        int columns = row.getMetaData().getColumnCount();
        if (columns != 1) {
            return columns + " columns";
        }
        if (!row.next()) {
            return "no row";
        }
        String value = row.getString(1);
        if (row.next()) {
            return "more than one row";
        }
        // Whatever else it is, it may be a row of somebody's.
        return "t".equals(value) || "true".equals(value) ? EXPECTED : value == null ? "null" : "not true";
    }
}
