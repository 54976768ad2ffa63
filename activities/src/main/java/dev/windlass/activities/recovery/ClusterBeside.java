package dev.windlass.activities.recovery;

import dev.windlass.activities.backup.DatabaseFacts;
import dev.windlass.activities.backup.FactsReading;
import dev.windlass.activities.backup.PostgresFailures;
import dev.windlass.activities.backup.ScratchProcesses;
import dev.windlass.activities.backup.SnapshotHolder;
import dev.windlass.activities.effects.Beating;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.protect.BackRest;
import dev.windlass.runbooks.backup.ScratchCommands;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.recovery.BesideEffects;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.recovery.CopySource.PointInTime;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/** A cluster as it was at a moment, restored by pgBackRest beside the live one. Removing its directory is the caller's. */
final class ClusterBeside {
    private static final Duration WHOLE_RESTORE = Duration.ofHours(11);
    private static final Duration BETWEEN = Duration.ofMillis(500);

    private final RecoveryParts parts;
    private final PointInTime source;
    private final Database database;
    private final StepContext context;
    private final BesideEffects effects;
    private final Path directory;

    /** @param effects with the step's token filled in */
    ClusterBeside(
            RecoveryParts parts, PointInTime source, Database database, StepContext context, BesideEffects effects) {
        this.parts = parts;
        this.source = source;
        this.database = database;
        this.context = context;
        this.effects = effects;
        this.directory = Path.of(effects.makeDirectory().argv().getLast());
    }

    boolean isThere() {
        return Files.exists(directory);
    }

    void requireRoom() {
        RewoundRoom.require(parts.operations(), source, context.token().abbreviated());
    }

    /** Its files are there afterwards, with settings of their own, and no server runs. */
    void restore() {
        run(effects.makeDirectory());
        new BackRest(parts.backup().shell(), parts.operations().cluster(source.cluster()), context)
                .run(effects.restore(), WHOLE_RESTORE);
        run(effects.configure());
        run(effects.admit());
        run(effects.forget());
    }

    /** WAL is replayed up to the moment afterwards, and the server answers. */
    void start() {
        RewoundStart start = new RewoundStart(source, directory);
        start.require(parts.backup().shell().run(effects.start(), context));
        context.begun(effects.replayed());
        Beating.during(context, "replay WAL", "up to " + source.at(), () -> {
            while (!hasReplayed()) {
                if (!ScratchProcesses.isRunning(data())) {
                    throw start.failure("it ended, and its log does not say why");
                }
                if (!pause(BETWEEN)) {
                    break;
                }
            }
            return true;
        });
    }

    /** @return false when the step was left */
    static boolean pause(Duration time) {
        try {
            Thread.sleep(time);
            return true;
        } catch (InterruptedException left) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Nobody gets in before. */
    private boolean hasReplayed() {
        try {
            return value(named(ScratchCommands.MAINTENANCE_DATABASE), effects.replayed())
                    .equals("f");
        } catch (ApplicationFailure refused) {
            if (refused.isNonRetryable()) {
                throw refused;
            }
            return false;
        }
    }

    /** Reads every row. */
    DatabaseFacts read() {
        requireThere();
        context.begun(effects.facts());
        try (SnapshotHolder holder = SnapshotHolder.open(parts.backup().connections(), database(), context.token())) {
            return new FactsReading(
                            parts.backup().connections(),
                            context,
                            parts.operations().backup().jobs())
                    .read(holder);
        }
    }

    private void requireThere() {
        Database maintenance = named(ScratchCommands.MAINTENANCE_DATABASE);
        try (Connection connection = parts.backup().connections().open(maintenance, context.token());
                PreparedStatement question = connection.prepareStatement("SELECT FROM pg_database WHERE datname = ?")) {
            question.setString(1, database.database());
            try (ResultSet row = question.executeQuery()) {
                if (!row.next()) {
                    throw PointInTimeFailures.notThereThen(source, database);
                }
            }
        } catch (SQLException failed) {
            throw PostgresFailures.using(maintenance, failed);
        }
    }

    /** Also of an attempt that did not get so far, or was killed. */
    void end() {
        if (ScratchProcesses.isRunning(data())) {
            parts.backup().shell().run(effects.stop(), context); // what it leaves alive is ended below
        }
        parts.backup().shell().fence(context);
        ScratchProcesses.endAll(data());
    }

    /** Before something else grows, for which there may else be no room. */
    void remove() {
        run(effects.stop());
        ScratchProcesses.endAll(data());
        run(effects.removeData());
    }

    /** The one database in it. */
    Database database() {
        return named(database.database());
    }

    /** A database of the cluster beside; the name stays that of ops.yml, since failures are told with it. */
    private Database named(String name) {
        return new Database(
                database.name(),
                name,
                database.environment(),
                directory.toString(),
                ScratchCommands.PORT,
                source.replay().superuser(),
                Optional.empty(),
                database.tools(),
                database.smoke());
    }

    private Path data() {
        return directory.resolve("data");
    }

    private String value(Database asked, Sql question) {
        try (Connection connection = parts.backup().connections().open(asked, context.token());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question.statement())) {
            row.next();
            return row.getString(1);
        } catch (SQLException failed) {
            throw PostgresFailures.using(asked, failed);
        }
    }

    private void run(Command command) {
        parts.backup().shell().run(command, context).orFail(PointInTimeFailures.HINT, PointInTimeFailures.PLACE);
    }
}
