package dev.windlass.activities.stagingsync;

import dev.windlass.activities.backup.PostgresConnections;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.stagingsync.Classification;
import dev.windlass.runbooks.stagingsync.MaskedTable;
import dev.windlass.runbooks.stagingsync.ProbeSql;
import dev.windlass.runbooks.stagingsync.Schema;
import dev.windlass.runbooks.stagingsync.SchemaColumn;
import dev.windlass.runbooks.stagingsync.SchemaTable;
import dev.windlass.workflows.stagingsync.AnonymizationReport.Probe;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Looks for values of production in the masked columns of a finished copy. Only hashes leave production, by a key that is made for
 * this, lives in the settings of two sessions, and is another one than the pseudonyms'.
 */
final class OriginalsSearch {
    private final PostgresConnections connections;
    private final StepToken token;
    private final Database source;
    private final Classification classification;
    private final Incoming incoming;
    private final int streams;
    private final MaskKey key = MaskKey.random();

    OriginalsSearch(
            PostgresConnections connections,
            StepToken token,
            Database source,
            Classification classification,
            Incoming incoming,
            int streams) {
        this.connections = connections;
        this.token = token;
        this.source = source;
        this.classification = classification;
        this.incoming = incoming;
        this.streams = streams;
    }

    private record Job(ProbeSql sql, SchemaTable table, SchemaColumn column) {}

    /** @throws io.temporal.failure.ApplicationFailure PRECONDITION at the first column that holds some; says which, and how many */
    List<Probe> search() throws SQLException, Tripped {
        Queue<Probe> probes = new ConcurrentLinkedQueue<>();
        Streams.run(jobs(), streams, stream -> {
            Connection production = stream.keep(connections.open(source, token, key.settings()));
            production.setReadOnly(true);
            Connection copy = stream.keep(incoming.open(key.settings()));
            return job -> {
                List<String> originals = originals(production, job);
                if (!originals.isEmpty()) {
                    probes.add(probe(copy, job, originals));
                }
            };
        });
        return probes.stream().sorted(Comparator.comparing(Probe::column)).toList();
    }

    /** By the tables of the copy: production may have others by now. */
    private List<Job> jobs() throws SQLException {
        List<Job> jobs = new ArrayList<>();
        try (Connection copy = incoming.open()) {
            Schema schema = SchemaReading.read(copy);
            for (SchemaTable table : schema.tables()) {
                ProbeSql sql = new ProbeSql(
                        new MaskedTable(classification, table),
                        table,
                        classification.own().statements());
                sql.columns().forEach(column -> jobs.add(new Job(sql, table, column)));
            }
        }
        return jobs;
    }

    private static List<String> originals(Connection production, Job job) throws SQLException {
        List<String> hashes = new ArrayList<>();
        try (Statement statement = production.createStatement()) {
            long pages = number(statement, job.sql().pages());
            try (ResultSet row =
                    statement.executeQuery(ProbeSql.withPages(job.sql().originals(job.column()), pages))) {
                while (row.next()) {
                    hashes.add(row.getString(1));
                }
            }
        }
        return hashes;
    }

    private static Probe probe(Connection copy, Job job, List<String> originals) throws SQLException {
        String place = job.table().table() + "." + job.column().name();
        try (Statement statement = copy.createStatement()) {
            long found = number(statement, job.sql().found(job.column(), originals));
            if (found > 0) {
                throw StagingSyncFailures.originals(place, found, originals.size());
            }
            return new Probe(place, originals.size());
        }
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
