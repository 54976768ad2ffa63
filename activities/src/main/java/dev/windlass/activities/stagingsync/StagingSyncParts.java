package dev.windlass.activities.stagingsync;

import dev.windlass.activities.backup.BackupParts;
import dev.windlass.activities.backup.PostgresConnections;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.StagingSync;
import dev.windlass.runbooks.config.UnknownNameException;
import dev.windlass.runbooks.stagingsync.Classification;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.stagingsync.StagingSyncRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Everything these activities work with. */
public record StagingSyncParts(BackupParts backup, Requesters requesters) {
    /** Whose signature a request carries. */
    @FunctionalInterface
    public interface Requesters {
        Optional<PersonName> person(StagingSyncRequest request, String workflowId);
    }

    StepContext context(StepId step) {
        return backup.context(step);
    }

    PostgresConnections connections() {
        return backup.connections();
    }

    /** @throws io.temporal.failure.ApplicationFailure CONFIGURATION */
    Database database(DatabaseName name) {
        try {
            return backup.operations().database(name);
        } catch (UnknownNameException unknown) {
            throw StagingSyncFailures.failure(
                    FailureType.CONFIGURATION,
                    String.valueOf(unknown.getMessage()),
                    "use one of these names, or add it to ops.yml and restart the worker",
                    "configuration");
        }
    }

    /** @throws io.temporal.failure.ApplicationFailure CONFIGURATION */
    StagingSync sync(Database source) {
        return source.stagingSync()
                .orElseThrow(() -> StagingSyncFailures.failure(
                        FailureType.CONFIGURATION,
                        "ops.yml does not say which database gets a masked copy of " + source.name(),
                        "write staging_sync below the database as in ops.example.yml, then restart the worker",
                        "configuration"));
    }

    Optional<StagingRedisFlush> redisFlush(Database source, StepContext context) {
        return sync(source)
                .redis()
                .map(redis -> new StagingRedisFlush(
                        backup.shell(),
                        context,
                        redis,
                        backup.operations().backup().redis()));
    }

    /** How rows are read where masked views are used: as a role that can read nothing else. */
    Optional<Database> reader(Database source) {
        return sync(source)
                .reader()
                .map(reader -> new Database(
                        source.name(),
                        source.database(),
                        source.environment(),
                        source.host(),
                        source.port(),
                        reader.user(),
                        reader.password(),
                        source.tools(),
                        List.of()));
    }

    /** @throws io.temporal.failure.ApplicationFailure CONFIGURATION */
    String digest(Database source) {
        try {
            byte[] file = Files.readAllBytes(Path.of(sync(source).classification()));
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(file));
        } catch (IOException unreadable) {
            throw StagingSyncFailures.failure(
                    FailureType.CONFIGURATION,
                    "the classification " + sync(source).classification() + " cannot be read",
                    "let windlass classify propose it, or correct staging_sync.classification in ops.yml",
                    "classification");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    /**
     * @param planned what the file was when people were asked
     * @throws io.temporal.failure.ApplicationFailure PRECONDITION, CONFIGURATION
     */
    Classification classification(Database source, String planned) {
        Classification classification = Classifying.read(Path.of(sync(source).classification()));
        if (!digest(source).equals(planned)) {
            throw StagingSyncFailures.failure(
                    FailureType.PRECONDITION,
                    "the classification is another one than the one that was planned with",
                    "start another run: it plans with the one that is there now",
                    "classification");
        }
        return classification;
    }
}
