package dev.windlass.activities.stagingsync;

import dev.windlass.activities.backup.PostgresConnections;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.StagingSync;
import dev.windlass.runbooks.stagingsync.Classification;
import dev.windlass.runbooks.stagingsync.ClassificationCheck;
import dev.windlass.runbooks.stagingsync.ClassificationFile;
import dev.windlass.runbooks.stagingsync.ClassificationReading;
import dev.windlass.runbooks.stagingsync.ClassificationText;
import dev.windlass.runbooks.stagingsync.ColumnSample;
import dev.windlass.runbooks.stagingsync.Finding;
import dev.windlass.runbooks.stagingsync.MaskedViews;
import dev.windlass.runbooks.stagingsync.Proposal;
import dev.windlass.runbooks.stagingsync.Schema;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.stagingsync.ClassifyAnswer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What there is to say about a database's classification: a proposal, and what is wrong with today's. */
final class Classifying {
    private final PostgresConnections connections;
    private final StepToken token;
    private final Database database;

    Classifying(PostgresConnections connections, StepToken token, Database database) {
        this.connections = connections;
        this.token = token;
        this.database = database;
    }

    ClassifyAnswer answer() {
        Optional<Classification> known = database.stagingSync()
                .map(sync -> Path.of(sync.classification()))
                .filter(Files::exists)
                .map(Classifying::read);
        try (Connection connection =
                connections.open(database, token, MaskKey.random().settings())) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            Schema schema = SchemaReading.read(connection);
            Map<String, ColumnSample> samples = Sampling.samples(connection, schema);
            connection.rollback();
            Proposal proposal = Proposal.of(schema, known, samples);
            List<String> findings = known.isEmpty()
                    ? List.of()
                    : findings(connection, known.get(), schema).stream()
                            .map(Finding::text)
                            .toList();
            return new ClassifyAnswer(
                    ClassificationText.of(proposal), proposal.guesses(), findings, views(known, schema, findings));
        } catch (SQLException broken) {
            throw QuietFailures.using(database, broken);
        }
    }

    private Optional<String> views(Optional<Classification> known, Schema schema, List<String> findings) {
        return database.stagingSync()
                .flatMap(StagingSync::reader)
                .filter(reader -> known.isPresent() && findings.isEmpty())
                .map(reader -> new MaskedViews(known.get(), schema, reader.user()).script());
    }

    /** Masks are tried only where they fit: what does not fit has been named already. */
    static List<Finding> findings(Connection connection, Classification classification, Schema schema)
            throws SQLException {
        List<Finding> findings = ClassificationCheck.findings(classification, schema);
        if (!findings.isEmpty()) {
            return findings;
        }
        List<Finding> tried = new ArrayList<>(MaskTrial.findings(connection, classification, schema));
        tried.addAll(StatementTrial.findings(connection, classification));
        return tried;
    }

    /** @throws io.temporal.failure.ApplicationFailure CONFIGURATION, with all problems of the file */
    static Classification read(Path file) {
        return switch (ClassificationFile.read(file)) {
            case ClassificationReading.Accepted(Classification classification) -> classification;
            case ClassificationReading.Refused refused ->
                throw new Failure(
                                FailureType.CONFIGURATION,
                                "the classification cannot be used:\n" + refused.text(),
                                "correct these lines; classification.example.yml is the manual of the keys.",
                                "staging-sync.md#classification")
                        .asException();
        };
    }
}
