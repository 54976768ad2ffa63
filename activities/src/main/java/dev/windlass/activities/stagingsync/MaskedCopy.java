package dev.windlass.activities.stagingsync;

import dev.windlass.activities.backup.PostgresConnections;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.ReadingLimits;
import dev.windlass.runbooks.stagingsync.Classification;
import dev.windlass.runbooks.stagingsync.ClassificationCheck;
import dev.windlass.runbooks.stagingsync.Finding;
import dev.windlass.runbooks.stagingsync.MaskedTable;
import dev.windlass.runbooks.stagingsync.MaskedViews;
import dev.windlass.runbooks.stagingsync.Schema;
import dev.windlass.runbooks.stagingsync.SchemaTable;
import dev.windlass.workflows.recovery.TableReference;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A masked copy of one moment of a database: one transaction holds the moment and keeps everybody from changing tables, and the
 * streams read by its snapshot. What was reviewed is compared with what is there once more, now that nobody can change it.
 */
final class MaskedCopy {
    private final PostgresConnections connections;
    private final StepToken token;
    private final Database source;
    private final Optional<Database> reader;
    private final Classification classification;
    private final Incoming incoming;
    private final int streams;
    private final Tripwire tripwire;
    private final AtomicLong rows = new AtomicLong();
    private final MaskKey key = MaskKey.random();
    private ReadingLimits limits = ReadingLimits.NONE;

    MaskedCopy(
            PostgresConnections connections,
            StepToken token,
            Database source,
            Classification classification,
            Incoming incoming,
            int streams) {
        this(connections, token, source, Optional.empty(), classification, incoming, streams);
    }

    /** @param reader as whom rows are read, from masked views */
    MaskedCopy(
            PostgresConnections connections,
            StepToken token,
            Database source,
            Optional<Database> reader,
            Classification classification,
            Incoming incoming,
            int streams) {
        this.reader = reader;
        this.connections = connections;
        this.token = token;
        this.source = source;
        this.classification = classification;
        this.incoming = incoming;
        this.streams = streams;
        this.tripwire = new Tripwire(classification.team(), classification.canary());
    }

    /** Without it, as fast as it goes and for as long as it takes. */
    MaskedCopy within(ReadingLimits agreed) {
        limits = agreed;
        return this;
    }

    /** How the schema is got while the moment is held. */
    interface SchemaDump {
        /** @param section of pg_dump */
        String of(String section);
    }

    /** Rows that were written until now. */
    long rows() {
        return rows.get();
    }

    /**
     * @param creating statements that make the database, with {@code {options}} for encoding and locale
     * @return rows of each table
     */
    SortedMap<String, Long> make(Connection maintenance, List<String> creating, SchemaDump dump)
            throws SQLException, Tripped {
        try (SourceWatch watch = new SourceWatch(limits)) {
            try {
                return make(watch, maintenance, creating, dump);
            } catch (SQLException ended) {
                if (watch.isOver()) {
                    throw watch.failure();
                }
                throw ended;
            }
        }
    }

    private SortedMap<String, Long> make(
            SourceWatch watch, Connection maintenance, List<String> creating, SchemaDump dump)
            throws SQLException, Tripped {
        try (Connection holder = watch.keep(connections.open(source, token, key.settings()))) {
            Schema schema = hold(holder);
            String snapshot = value(holder, "SELECT pg_export_snapshot()");
            List<SchemaText.Entry> before = looked(dump.of("pre-data"));
            List<SchemaText.Entry> after = looked(dump.of("post-data"));
            Map<TableReference, Long> sequences = Incoming.sequences(holder);
            incoming.create(maintenance, creating, holder);
            incoming.run(before);
            SortedMap<String, Long> copied = copyRows(watch, schema, snapshot, sizes(holder));
            incoming.setSequences(sequences);
            holder.rollback();
            watch.letGo();
            AfterRows afterRows = new AfterRows(incoming, streams);
            afterRows.make(after);
            incoming.refreshViews();
            afterRows.analyze();
            return copied;
        }
    }

    /** LOCK TABLE takes no snapshot, so what is seen afterwards is what is locked. */
    private Schema hold(Connection holder) throws SQLException {
        holder.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        holder.setAutoCommit(false);
        List<TableReference> known = SchemaReading.read(holder).tables().stream()
                .map(SchemaTable::table)
                .toList();
        holder.rollback();
        try (Statement statement = holder.createStatement()) {
            for (TableReference table : known) {
                statement.execute("LOCK TABLE " + table.sql() + " IN ACCESS SHARE MODE");
            }
        }
        Schema schema = SchemaReading.read(holder);
        List<Finding> findings = new ArrayList<>(ClassificationCheck.findings(classification, schema));
        if (findings.isEmpty() && reader.isPresent()) {
            findings.addAll(GrantCheck.findings(
                    holder, classification, schema, reader.get().user()));
        }
        if (!findings.isEmpty()) {
            throw StagingSyncFailures.findings(source, findings);
        }
        return schema;
    }

    /** A default, a constraint or a view's text can hold an address as well as a row can. */
    private List<SchemaText.Entry> looked(String dump) throws Tripped {
        List<SchemaText.Entry> entries = SchemaText.entries(dump);
        for (SchemaText.Entry entry : entries) {
            byte[] text = entry.statements().getBytes(StandardCharsets.UTF_8);
            Tripwire.Hit hit = tripwire.look(text, text.length);
            if (hit != null) {
                throw new Tripped("the definition of " + entry.type() + " " + entry.name(), hit.kind());
            }
        }
        return entries;
    }

    private record Job(SchemaTable table, TableReference holder) {}

    private SortedMap<String, Long> copyRows(SourceWatch watch, Schema schema, String snapshot, Map<String, Long> sizes)
            throws SQLException, Tripped {
        List<Job> jobs = new ArrayList<>();
        schema.tables().stream()
                .filter(table -> !new MaskedTable(classification, table).isEmpty())
                .forEach(table -> table.holders().forEach(holder -> jobs.add(new Job(table, holder))));
        // The largest first, or it is waited for alone in the end.
        jobs.sort(Comparator.comparing(
                (Job job) -> sizes.getOrDefault(job.holder().value(), 0L), Comparator.reverseOrder()));
        Map<String, Long> copied = new ConcurrentHashMap<>();
        schema.tables().forEach(table -> copied.put(table.table().value(), 0L));
        Streams.run(jobs, streams, stream -> {
            Connection from = watch.keep(stream.keep(connections.open(reader.orElse(source), token, key.settings())));
            from.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            from.setAutoCommit(false);
            try (Statement statement = from.createStatement()) {
                statement.execute("SET TRANSACTION SNAPSHOT '" + snapshot + "'");
            }
            MaskedPipe pipe = new MaskedPipe(from, stream.keep(incoming.openAsOwner()), tripwire, rows, watch);
            return job -> {
                MaskedTable masked = new MaskedTable(classification, job.table());
                String reading = reader.isPresent()
                        ? MaskedViews.copyOut(job.table(), job.holder())
                        : masked.copyOut(job.holder());
                long count = pipe.copy(reading, masked.copyIn(job.holder()), job.table(), job.holder());
                copied.merge(job.table().table().value(), count, Long::sum);
            };
        });
        return new TreeMap<>(copied);
    }

    private static Map<String, Long> sizes(Connection connection) throws SQLException {
        Map<String, Long> sizes = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT n.nspname || '.' || c.relname, pg_table_size(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                                + " WHERE c.relkind = 'r' AND n.nspname !~ '^pg_'")) {
            while (row.next()) {
                sizes.put(row.getString(1), row.getLong(2));
            }
        }
        return sizes;
    }

    private static String value(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    /** The copy once more, by as many streams; what is staging's own is in it by now. */
    void scan() throws SQLException, Tripped {
        Tripwire letting = new Tripwire(
                classification.team(),
                classification.canary(),
                classification.own().values());
        List<String> relations;
        try (Connection connection = incoming.open()) {
            relations = LeakScan.relations(connection);
        }
        Streams.run(relations, streams, stream -> {
            Connection connection = stream.keep(incoming.open());
            return relation -> LeakScan.look(connection, relation, letting, rows);
        });
    }
}
