package dev.windlass.activities.stagingsync;

import dev.windlass.activities.stagingsync.WaitingBuilds.Build;
import dev.windlass.activities.stagingsync.WaitingBuilds.Sharing;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a copy gets when its rows are there, in the order of pg_dump: keys and indexes by several sessions at once; then foreign keys
 * one after the other, for each locks the table it leads to as well, and beside them the rows of materialized views.
 */
final class AfterRows {
    private static final String PART = "(?:\"(?:[^\"]|\"\")+\"|[^\\s\".(]+)";
    private static final String NAME = "(" + PART + "(?:\\." + PART + ")?)";
    private static final Pattern CONSTRAINT = Pattern.compile("^ALTER TABLE ONLY " + NAME + "\\s+ADD CONSTRAINT ");
    private static final Pattern INDEX =
            Pattern.compile("^CREATE (?:UNIQUE )?INDEX \\S.*? ON (?:ONLY )?" + NAME + " USING ");
    private static final Pattern SECOND_STATEMENT = Pattern.compile(";\\s*\\n\\s*[A-Z]");

    /** They stand between foreign keys and views, and the former do not ask for them. */
    private static final Set<String> RIGHTS = Set.of("POLICY", "ROW SECURITY");

    /** What ANALYZE alone would take but for the catalogs; a partitioned table takes its partitions along. */
    private static final String RELATIONS = """
            SELECT c.oid::regclass::text, (SELECT coalesce(sum(pg_table_size(p.part)), 0)
                FROM (SELECT c.oid UNION SELECT relid FROM pg_partition_tree(c.oid)) p (part))
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't' AND %s
              AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
            ORDER BY 2 DESC, 1
            """;

    private final Incoming incoming;
    private final int streams;
    private final List<SchemaText.Entry> settings = new ArrayList<>();
    private final List<Build> builds = new ArrayList<>();
    private final List<SchemaText.Entry> foreignKeys = new ArrayList<>();
    private final List<SchemaText.Entry> views = new ArrayList<>();
    private final List<SchemaText.Entry> others = new ArrayList<>();

    /** @param streams sessions that work at the same time */
    AfterRows(Incoming incoming, int streams) {
        this.incoming = incoming;
        this.streams = streams;
    }

    /** @param entries of post-data in their order; those without a type set how a session reads the others */
    void make(List<SchemaText.Entry> entries) throws SQLException, Tripped {
        for (SchemaText.Entry entry : entries) {
            switch (entry.type()) {
                case "" -> settings.add(entry);
                case "CONSTRAINT", "INDEX" -> {
                    finishOthers();
                    finishLast();
                    builds.add(build(entry));
                }
                case "FK CONSTRAINT" -> {
                    finishBuilds();
                    finishOthers();
                    foreignKeys.add(entry);
                }
                case "MATERIALIZED VIEW DATA" -> {
                    finishBuilds();
                    finishOthers();
                    views.add(entry);
                }
                default -> {
                    finishBuilds();
                    if (!RIGHTS.contains(entry.type())) {
                        finishLast();
                    }
                    others.add(entry);
                }
            }
        }
        finishBuilds();
        finishOthers();
        finishLast();
    }

    static Build build(SchemaText.Entry entry) {
        String text = entry.statements()
                .lines()
                .dropWhile(line -> line.isBlank() || line.startsWith("--"))
                .collect(Collectors.joining("\n"));
        Matcher index = INDEX.matcher(text);
        if (index.find()) {
            boolean isOne = !SECOND_STATEMENT.matcher(text).find();
            return new Build(entry, Optional.of(index.group(1)), isOne ? Sharing.SHARED : Sharing.ALONE);
        }
        Matcher constraint = CONSTRAINT.matcher(text);
        return new Build(entry, constraint.find() ? Optional.of(constraint.group(1)) : Optional.empty(), Sharing.ALONE);
    }

    private void finishBuilds() throws SQLException, Tripped {
        if (!builds.isEmpty()) {
            WaitingBuilds waiting = new WaitingBuilds(builds, relations("true"));
            builds.clear();
            Streams.run(Collections.nCopies(streams, waiting), streams, stream -> {
                Connection connection = open(stream);
                return queue -> carryOut(connection, queue);
            });
        }
    }

    private void carryOut(Connection connection, WaitingBuilds waiting) throws SQLException {
        try {
            for (Optional<Build> next = waiting.take(); next.isPresent(); next = waiting.take()) {
                try {
                    limitProcesses(connection, waiting);
                    incoming.run(connection, List.of(next.get().entry()));
                } finally {
                    waiting.done(next.get());
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** As many processes as sessions: while each of these has work, helpers of one would take it from another. */
    private void limitProcesses(Connection connection, WaitingBuilds waiting) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    streams > 1 && waiting.hasMore()
                            ? "SET max_parallel_maintenance_workers = 0"
                            : "RESET max_parallel_maintenance_workers");
        }
    }

    private void finishOthers() throws SQLException, Tripped {
        run(List.of(others));
    }

    private void finishLast() throws SQLException, Tripped {
        run(List.of(foreignKeys, views));
    }

    /** Side by side, each in its order. */
    private void run(List<List<SchemaText.Entry>> lists) throws SQLException, Tripped {
        List<List<SchemaText.Entry>> filled =
                lists.stream().filter(list -> !list.isEmpty()).toList();
        Streams.run(filled, streams, stream -> {
            Connection connection = open(stream);
            return list -> incoming.run(connection, list);
        });
        filled.forEach(List::clear);
    }

    private Connection open(Streams stream) throws SQLException {
        Connection connection = stream.keep(incoming.openAsOwner());
        incoming.run(connection, settings);
        return connection;
    }

    /** So that the first query of the application is planned as the thousandth is. */
    void analyze() throws SQLException, Tripped {
        Streams.run(relations("NOT c.relispartition").keySet(), streams, stream -> {
            Connection connection = stream.keep(incoming.open());
            return relation -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("ANALYZE " + relation);
                }
            };
        });
    }

    /** The largest first. */
    private Map<String, Long> relations(String which) throws SQLException {
        Map<String, Long> sizes = new LinkedHashMap<>();
        try (Connection connection = incoming.open();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(RELATIONS.formatted(which))) {
            while (row.next()) {
                sizes.put(row.getString(1), row.getLong(2));
            }
        }
        return sizes;
    }
}
