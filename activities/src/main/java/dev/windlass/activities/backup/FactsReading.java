package dev.windlass.activities.backup;

import dev.windlass.activities.backup.DatabaseFacts.LargeObjects;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Progress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the facts of a database inside a held snapshot, by the holder's readers. */
public final class FactsReading {
    private final PostgresConnections connections;
    private final StepContext context;
    private final int jobs;

    public FactsReading(PostgresConnections connections, StepContext context, int jobs) {
        this.connections = connections;
        this.context = context;
        this.jobs = jobs;
    }

    /** The facts of a database that is to be dumped. */
    public DatabaseFacts read(SnapshotHolder holder) {
        return read(holder, Optional.empty());
    }

    /** The facts of a restored copy, each column hashed as it was in {@code original}. */
    public DatabaseFacts readLike(DatabaseFacts original, SnapshotHolder holder) {
        return read(holder, Optional.of(original));
    }

    private DatabaseFacts read(SnapshotHolder holder, Optional<DatabaseFacts> original) {
        Database database = holder.database();
        context.pulse().beat(Progress.of("catalogue"));
        List<Connection> readers = holder.readers(connections, context.token(), jobs);
        Connection connection = readers.getFirst();
        try (Statement statement = connection.createStatement()) {
            requireToSeeEverything(database, statement);
            SortedMap<String, String> server = pairs(statement, CatalogueSql.SERVER);
            SortedMap<String, String> properties = pairs(statement, CatalogueSql.PROPERTIES);
            properties.putAll(pairs(statement, CatalogueSql.SETTINGS));
            SortedMap<String, String> extensions = pairs(statement, CatalogueSql.EXTENSIONS);
            SortedMap<String, String> objects = pairs(statement, CatalogueSql.OBJECTS);
            List<TableHashing.Target> targets = targets(connection, holder, original);
            LargeObjects largeObjects = largeObjects(database, statement);
            List<TableFacts> tables =
                    new TableHashing(readers, holder, context, original.isPresent() ? "compare" : "hash").hash(targets);
            holder.assertAlive();
            return new DatabaseFacts(
                    DatabaseFacts.FORMAT,
                    database.name(),
                    required(server, "version"),
                    holder.takenAt(),
                    Long.parseLong(required(server, "bytes")),
                    required(server, "superuser"),
                    properties,
                    extensions,
                    tables,
                    holder.sequences(),
                    largeObjects,
                    objects);
        } catch (SQLException broken) {
            throw PostgresFailures.using(database, broken);
        }
    }

    private static void requireToSeeEverything(Database database, Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(CatalogueSql.HIDDEN)) {
            row.next();
            if (row.getLong(1) > 0) {
                throw PostgresFailures.failure(
                        FailureType.PRECONDITION,
                        "database " + database.name() + " has " + row.getLong(1) + " tables, " + row.getString(2)
                                + " among them, whose rows a policy hides from " + database.user(),
                        "give the role BYPASSRLS, or use a superuser",
                        "role-cannot-read-all",
                        null);
            }
        }
    }

    private static List<TableHashing.Target> targets(
            Connection connection, SnapshotHolder holder, Optional<DatabaseFacts> original) throws SQLException {
        Map<Long, List<HashedColumn>> columns = HashedColumn.list(connection);
        Map<TableName, TableFacts> before =
                original.map(DatabaseFacts::tablesByName).orElse(Map.of());
        Map<Long, long[]> sizes = sizes(connection);
        List<TableHashing.Target> targets = new ArrayList<>();
        for (DumpedTable table : holder.tables()) {
            if (table.hasRows()) {
                long[] size = sizes.getOrDefault(table.oid(), new long[2]);
                List<HashedColumn> own = columns.getOrDefault(table.oid(), List.of());
                targets.add(new TableHashing.Target(table, asBefore(own, before.get(table.table())), size[0], size[1]));
            }
        }
        return targets;
    }

    /** A later version may know better how to hash a type; what is compared must be hashed alike. */
    private static List<HashedColumn> asBefore(
            List<HashedColumn> columns, @org.jspecify.annotations.Nullable TableFacts before) {
        if (before == null || before.columns().size() != columns.size()) {
            return columns;
        }
        List<HashedColumn> alike = new ArrayList<>();
        for (int at = 0; at < columns.size(); at++) {
            HashedColumn now = columns.get(at);
            HashedColumn then = before.columns().get(at);
            boolean same = now.name().equals(then.name()) && now.type().equals(then.type());
            alike.add(same ? then : now);
        }
        return alike;
    }

    /** Bytes with TOAST, and blocks of the table alone, by oid. */
    private static Map<Long, long[]> sizes(Connection connection) throws SQLException {
        Map<Long, long[]> sizes = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(CatalogueSql.SIZES)) {
            while (row.next()) {
                sizes.put(row.getLong(1), new long[] {row.getLong(2), row.getLong(3)});
            }
        }
        return sizes;
    }

    private static LargeObjects largeObjects(Database database, Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(CatalogueSql.LARGE_OBJECT_COUNT)) {
            row.next();
            if (row.getLong(1) == 0) {
                return new LargeObjects(0, "0");
            }
            if (!row.getBoolean(2)) {
                throw PostgresFailures.failure(
                        FailureType.PRECONDITION,
                        "database " + database.name() + " has " + row.getLong(1) + " large objects that "
                                + database.user() + " may not read",
                        "use a superuser, or grant the role SELECT on pg_largeobject",
                        "role-cannot-read-all",
                        null);
            }
        }
        try (ResultSet row = statement.executeQuery(CatalogueSql.LARGE_OBJECTS)) {
            row.next();
            return new LargeObjects(
                    row.getLong(1), row.getBigDecimal(2).toBigIntegerExact().toString());
        }
    }

    private static SortedMap<String, String> pairs(Statement statement, String sql) throws SQLException {
        SortedMap<String, String> pairs = new TreeMap<>();
        try (ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                pairs.put(row.getString(1), row.getString(2));
            }
        }
        return pairs;
    }

    private static String required(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("the server did not tell its " + name);
        }
        return value;
    }
}
