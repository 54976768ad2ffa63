package dev.windlass.activities.migrate;

import dev.windlass.activities.backup.PostgresConnections;
import dev.windlass.activities.effects.Beating;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.migrate.Rehearsal.TableEffect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Every table of a database with its rows.
 *
 * @param tables by oid, which a renamed one keeps
 */
record Census(SortedMap<Long, Table> tables) {
    private static final String QUERY = """
            SELECT c.oid, n.nspname || '.' || c.relname, pg_relation_filenode(c.oid), format('%I.%I', n.nspname, c.relname)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'm') AND c.relispopulated AND c.oid > 16383 AND n.nspname !~ '^pg_'
            ORDER BY c.oid
            """;

    /** @param file of its rows; another one means that all of them were written anew */
    record Table(String name, long file, long rows) {}

    /** @param but the tables that only tell what was applied */
    static Census of(PostgresConnections connections, Database database, StepContext context, List<String> but) {
        return Beating.during(context, "count", "rows of every table", () -> read(connections, database, context, but));
    }

    private static Census read(
            PostgresConnections connections, Database database, StepContext context, List<String> but) {
        SortedMap<Long, Table> tables = new TreeMap<>();
        try (Connection connection = connections.open(database, context.token());
                Statement statement = connection.createStatement()) {
            for (Uncounted table : uncounted(statement, but)) {
                try (ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table.quoted())) {
                    row.next();
                    tables.put(table.oid(), new Table(table.name(), table.file(), row.getLong(1)));
                }
            }
        } catch (SQLException failed) {
            throw MigrateFailures.database(database, failed);
        }
        return new Census(tables);
    }

    private record Uncounted(long oid, String name, long file, String quoted) {}

    private static List<Uncounted> uncounted(Statement statement, List<String> but) throws SQLException {
        List<Uncounted> found = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(QUERY)) {
            while (row.next()) {
                if (!but.contains(row.getString(2))) {
                    found.add(new Uncounted(row.getLong(1), row.getString(2), row.getLong(3), row.getString(4)));
                }
            }
        }
        return found;
    }

    /** The longest lock first. */
    List<TableEffect> effects(Census after, Map<Long, LockSampling.Lock> locks) {
        TreeSet<Long> all = new TreeSet<>(tables.keySet());
        all.addAll(after.tables.keySet());
        List<TableEffect> effects = new ArrayList<>();
        for (long oid : all) {
            Optional<Table> here = Optional.ofNullable(tables.get(oid));
            Optional<Table> there = Optional.ofNullable(after.tables.get(oid));
            Optional<LockSampling.Lock> lock = Optional.ofNullable(locks.get(oid));
            boolean isRewritten = here.isPresent()
                    && there.isPresent()
                    && here.get().file() != there.get().file();
            long rowsBefore = here.map(Table::rows).orElse(0L);
            long rowsAfter = there.map(Table::rows).orElse(0L);
            if (lock.isPresent() || isRewritten || rowsBefore != rowsAfter) {
                effects.add(new TableEffect(
                        there.or(() -> here).orElseThrow().name(),
                        lock.map(LockSampling.Lock::mode).orElse(""),
                        lock.map(LockSampling.Lock::held).orElse(Duration.ZERO),
                        isRewritten,
                        rowsBefore,
                        rowsAfter));
            }
        }
        effects.sort(Comparator.comparing(TableEffect::held).reversed().thenComparing(TableEffect::table));
        return effects;
    }

    /** Tables whose number of rows is another one, in words; empty when there are none. */
    String differenceFrom(Census expected) {
        SortedMap<String, Long> there = expected.rowsByName();
        SortedMap<String, Long> here = rowsByName();
        List<String> words = new ArrayList<>();
        there.forEach((name, rows) -> {
            if (!rows.equals(here.getOrDefault(name, 0L))) {
                words.add(name + " has " + here.getOrDefault(name, 0L) + " rows instead of " + rows);
            }
        });
        return String.join("; ", words);
    }

    /** An undo may have made a table anew. */
    private SortedMap<String, Long> rowsByName() {
        SortedMap<String, Long> rows = new TreeMap<>();
        tables.values().forEach(table -> rows.put(table.name(), table.rows()));
        return rows;
    }
}
