package dev.windlass.activities.stagingsync;

import dev.windlass.activities.backup.PostgresFailures;
import dev.windlass.runbooks.stagingsync.Classification;
import dev.windlass.runbooks.stagingsync.Finding;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Whether the statements of after_sql can be carried out in the copy, as far as that can be told before there is one. */
final class StatementTrial {
    private StatementTrial() {}

    /** PostgreSQL understands each, as a prepared statement that is never executed; nothing is written. */
    static List<Finding> findings(Connection connection, Classification classification) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        List<String> statements = classification.own().statements();
        Tripwire tripwire = new Tripwire(
                classification.team(),
                classification.canary(),
                classification.own().values());
        for (int i = 0; i < statements.size(); i++) {
            String place = "after_sql " + (i + 1);
            byte[] text = statements.get(i).getBytes(StandardCharsets.UTF_8);
            Tripwire.Hit hit = tripwire.look(text, text.length);
            if (hit != null) {
                findings.add(new Finding(
                        place,
                        "holds " + hit.kind().words() + ", which the scan would take for a real one",
                        "name it below own_values, or write one that masks could write, such as at example.test"));
            }
            tryOut(connection, place, statements.get(i), findings);
        }
        return findings;
    }

    private static void tryOut(Connection connection, String place, String statement, List<Finding> findings)
            throws SQLException {
        try (Statement jdbc = connection.createStatement()) {
            jdbc.execute("PREPARE windlass_after_sql AS " + statement);
            jdbc.execute("DEALLOCATE windlass_after_sql");
        } catch (SQLException refused) {
            if (PostgresFailures.stateOf(refused).startsWith("08")) {
                throw refused;
            }
            findings.add(new Finding(
                    place,
                    "is nothing that PostgreSQL can carry out: " + QuietFailures.said(refused),
                    "write it for the tables of production, with their schemas: UPDATE public.settings SET …"));
        } finally {
            connection.rollback();
        }
    }
}
