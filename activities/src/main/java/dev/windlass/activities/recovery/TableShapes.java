package dev.windlass.activities.recovery;

import dev.windlass.activities.backup.PostgresConnections;
import dev.windlass.activities.backup.PostgresFailures;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.activities.recovery.Tables.Table;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.recovery.TableReference;
import dev.windlass.workflows.recovery.TableShape;
import dev.windlass.workflows.recovery.TableShape.FedBySequence;
import dev.windlass.workflows.recovery.TableShape.FedBySequence.Direction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The tables of a request as they are in the live database, those that others refer to before these. */
final class TableShapes {
    private static final String REFERENCES =
            "SELECT conrelid, confrelid FROM pg_constraint WHERE contype = 'f' AND conrelid <> confrelid";

    /** Owned by the column, as serial and identity ones are, or used by its default. */
    private static final String SEQUENCES = """
            SELECT a.attname, n.nspname, s.relname, q.seqincrement < 0
            FROM pg_class s
            JOIN pg_namespace n ON n.oid = s.relnamespace
            JOIN pg_sequence q ON q.seqrelid = s.oid
            JOIN (
                SELECT d.objid AS sequence, d.refobjid AS relation, d.refobjsubid AS place FROM pg_depend d
                WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
                UNION
                SELECT d.refobjid, f.adrelid, f.adnum FROM pg_attrdef f
                JOIN pg_depend d ON d.classid = 'pg_attrdef'::regclass AND d.objid = f.oid
                    AND d.refclassid = 'pg_class'::regclass
            ) feeds ON feeds.sequence = s.oid
            JOIN pg_attribute a ON a.attrelid = feeds.relation AND a.attnum = feeds.place
            WHERE s.relkind = 'S' AND feeds.relation = ?
            ORDER BY 1, 2, 3
            """;

    private TableShapes() {}

    /** @throws io.temporal.failure.ApplicationFailure NOT_FOUND or PRECONDITION (no primary key) */
    static List<TableShape> read(
            PostgresConnections connections, Database database, StepToken token, List<TableReference> wanted) {
        try (Connection connection = connections.open(database, token)) {
            Tables tables = Tables.read(connection);
            Map<Long, Table> chosen = new TreeMap<>();
            for (TableReference name : wanted) {
                Table table = tables.all().get(name);
                if (table == null) {
                    throw RecoveryFailures.noTable(database, name);
                }
                if (table.key().isEmpty()) {
                    throw RecoveryFailures.noKey(name);
                }
                chosen.put(table.oid(), table);
            }
            List<TableShape> shapes = new ArrayList<>();
            for (Table table : inOrder(chosen, references(connection, chosen.keySet()))) {
                shapes.add(
                        new TableShape(table.name(), table.isPartitioned(), table.key(), sequences(connection, table)));
            }
            return shapes;
        } catch (SQLException failed) {
            throw PostgresFailures.using(database, failed);
        }
    }

    /** What each refers to, among the chosen. */
    private static Map<Long, Set<Long>> references(Connection connection, Set<Long> chosen) throws SQLException {
        Map<Long, Set<Long>> references = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(REFERENCES)) {
            while (row.next()) {
                if (chosen.contains(row.getLong(1)) && chosen.contains(row.getLong(2))) {
                    references
                            .computeIfAbsent(row.getLong(1), table -> new TreeSet<>())
                            .add(row.getLong(2));
                }
            }
        }
        return references;
    }

    /** Of those that refer to each other in a circle one has to be the first; their constraints wait if they may. */
    private static List<Table> inOrder(Map<Long, Table> chosen, Map<Long, Set<Long>> references) {
        LinkedHashSet<Long> done = new LinkedHashSet<>();
        while (done.size() < chosen.size()) {
            Long next = chosen.keySet().stream()
                    .filter(each -> !done.contains(each))
                    .filter(each -> done.containsAll(references.getOrDefault(each, Set.of())))
                    .findFirst()
                    .orElseGet(() -> chosen.keySet().stream()
                            .filter(each -> !done.contains(each))
                            .findFirst()
                            .orElseThrow());
            done.add(next);
        }
        return done.stream().map(chosen::get).toList();
    }

    private static List<FedBySequence> sequences(Connection connection, Table table) throws SQLException {
        List<FedBySequence> found = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(SEQUENCES)) {
            query.setLong(1, table.oid());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.add(new FedBySequence(
                            row.getString(1),
                            TableReference.of(row.getString(2), row.getString(3)),
                            row.getBoolean(4) ? Direction.DOWN : Direction.UP));
                }
            }
        }
        return found;
    }
}
