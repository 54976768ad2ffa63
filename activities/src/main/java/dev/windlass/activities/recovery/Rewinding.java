package dev.windlass.activities.recovery;

import dev.windlass.activities.backup.DatabaseFacts;
import dev.windlass.activities.backup.FactsReading;
import dev.windlass.activities.backup.PostgresFailures;
import dev.windlass.activities.backup.ScratchProcesses;
import dev.windlass.activities.backup.SnapshotHolder;
import dev.windlass.activities.effects.Beating;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.protect.BackRest;
import dev.windlass.activities.protect.ProtectParts;
import dev.windlass.runbooks.backup.ScratchCommands;
import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.recovery.RewindEffects;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.Progress;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.recovery.CopySource.PointInTime;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/**
 * The dump of a database as it was at a moment: the cluster that holds it is restored beside the live one, read, ended and
 * removed. Safe to run twice: {@link #end} ends what an earlier attempt has left, and removing the directory is the caller's.
 */
final class Rewinding {
    private static final Duration WHOLE_RESTORE = Duration.ofHours(11);
    private static final Duration BETWEEN = Duration.ofMillis(500);

    private final RecoveryParts parts;
    private final PointInTime source;
    private final Cluster cluster;
    private final Database database;
    private final StepContext context;
    private final RewindEffects effects;
    private final Path directory;

    /** @param effects with the step's token filled in */
    Rewinding(RecoveryParts parts, PointInTime source, Database database, StepContext context, RewindEffects effects) {
        this.parts = parts;
        this.source = source;
        this.cluster = parts.operations().cluster(source.cluster());
        this.database = database;
        this.context = context;
        this.effects = effects;
        this.directory = Path.of(effects.makeDirectory().argv().getLast());
    }

    /** @return what the database was like that lies dumped in the step's directory */
    DatabaseFacts dump() {
        RewoundRoom.require(parts.operations(), source, context.token().abbreviated());
        push();
        run(effects.makeDirectory());
        new BackRest(parts.backup().shell(), cluster, context).run(effects.restore(), WHOLE_RESTORE);
        run(effects.configure());
        run(effects.admit());
        run(effects.forget());
        start();
        DatabaseFacts facts = read();
        run(effects.dump());
        run(effects.stop());
        ScratchProcesses.endAll(data());
        run(effects.removeData());
        return facts;
    }

    /** Of an attempt that did not get so far, or was killed. */
    void end() {
        if (ScratchProcesses.isRunning(data())) {
            parts.backup().shell().run(effects.stop(), context); // what it leaves alive is ended below
        }
        parts.backup().shell().fence(context);
        ScratchProcesses.endAll(data());
    }

    /** All that was committed by the moment, and something younger, has to be in the repository. */
    private void push() {
        Database live = ProtectParts.administered(parts.operations(), cluster);
        context.pulse().beat(Progress.of("send WAL"));
        context.begun(effects.commit());
        value(live, effects.commit());
        context.begun(effects.push());
        String segment = value(live, effects.push());
        Sql waiting = (Sql) Slots.of(RewindEffects.SEGMENT, segment).fill(effects.waiting());
        context.begun(waiting);
        boolean hasArrived = Beating.during(context, "send WAL", segment, () -> hasLeft(live, waiting));
        if (!hasArrived) {
            // An older moment may be there all the same.
            ArchivedWal.of(parts.backup().connections(), live, context.token())
                    .require(
                            source.at(),
                            cluster,
                            "segment " + segment + " was not archived within "
                                    + cluster.limits().lag().toSeconds() + " s");
        }
    }

    private boolean hasLeft(Database live, Sql waiting) {
        long deadline = System.nanoTime() + cluster.limits().lag().toNanos();
        while (!value(live, waiting).equals("0")) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            if (!pause()) {
                return false;
            }
        }
        return true;
    }

    /** @return false when the step was left */
    private static boolean pause() {
        try {
            Thread.sleep(BETWEEN);
            return true;
        } catch (InterruptedException left) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String value(Database live, Sql question) {
        try (Connection connection = parts.backup().connections().open(live, context.token());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question.statement())) {
            row.next();
            return row.getString(1);
        } catch (SQLException failed) {
            throw PostgresFailures.using(live, failed);
        }
    }

    private void start() {
        RewoundStart start = new RewoundStart(source, directory);
        start.require(parts.backup().shell().run(effects.start(), context));
        context.begun(effects.replayed());
        Beating.during(context, "replay WAL", "up to " + source.at(), () -> {
            while (!hasReplayed()) {
                if (!ScratchProcesses.isRunning(data())) {
                    throw start.failure("it ended, and its log does not say why");
                }
                if (!pause()) {
                    break;
                }
            }
            return true;
        });
    }

    /** Nobody gets in before. */
    private boolean hasReplayed() {
        try {
            return value(beside(ScratchCommands.MAINTENANCE_DATABASE), effects.replayed())
                    .equals("f");
        } catch (ApplicationFailure refused) {
            if (refused.isNonRetryable()) {
                throw refused;
            }
            return false;
        }
    }

    private DatabaseFacts read() {
        requireThere();
        context.begun(effects.facts());
        try (SnapshotHolder holder =
                SnapshotHolder.open(parts.backup().connections(), beside(database.database()), context.token())) {
            return new FactsReading(
                            parts.backup().connections(),
                            context,
                            parts.operations().backup().jobs())
                    .read(holder);
        }
    }

    private void requireThere() {
        Database maintenance = beside(ScratchCommands.MAINTENANCE_DATABASE);
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

    /** A database of the cluster beside; the name stays that of ops.yml, since failures are told with it. */
    private Database beside(String name) {
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

    private void run(Command command) {
        parts.backup().shell().run(command, context).orFail(PointInTimeFailures.HINT, PointInTimeFailures.PLACE);
    }
}
