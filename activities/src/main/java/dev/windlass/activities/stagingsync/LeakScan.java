package dev.windlass.activities.stagingsync;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Every row of the copy once more, as the database that is to become staging gives it: with what PostgreSQL has computed in it, and
 * materialized views. It shares nothing with the pipe but the forms it looks for.
 */
final class LeakScan {
    private static final String RELATIONS = """
            SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'm') AND c.relpersistence <> 't' AND c.relispopulated
              AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
              AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
            ORDER BY c.relpages DESC, 1
            """;

    private LeakScan() {}

    static List<String> relations(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(RELATIONS)) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    /** @throws Tripped at the first row that holds what no mask makes; the session is to be ended then */
    static void look(Connection connection, String relation, Tripwire tripwire, AtomicLong rows)
            throws SQLException, Tripped {
        CopyOut out = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (SELECT * FROM ONLY " + relation + ") TO STDOUT");
        for (byte[] row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
            Tripwire.Hit hit = tripwire.look(row, row.length);
            if (hit != null) {
                throw new Tripped(relation, hit.kind());
            }
            rows.incrementAndGet();
        }
    }
}
