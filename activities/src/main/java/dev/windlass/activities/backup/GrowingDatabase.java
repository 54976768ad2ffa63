package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.backup.PlanSlots;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.backup.DatabaseProof;
import dev.windlass.workflows.backup.Difference;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A stored database that grows beside the live ones, under a name that only its step uses. Safe to run twice: {@link #clear}
 * drops what an earlier attempt has left.
 */
public final class GrowingDatabase {
    private final BackupParts parts;
    private final Database database;
    private final Database maintenance;
    private final StepContext context;

    /**
     * @param database of ops.yml, that the copy is of
     * @param maintenance how to connect to where databases are made and dropped
     */
    public GrowingDatabase(BackupParts parts, Database database, Database maintenance, StepContext context) {
        this.parts = parts;
        this.database = database;
        this.maintenance = maintenance;
        this.context = context;
    }

    /** With the slots that a step of {@link dev.windlass.runbooks.backup.RestoreBeside} has open, but {@code options}. */
    public static Step fill(Step step, Manifest manifest, Database database, StepContext context) {
        return step.fill(new SealedSet(manifest, database.name())
                .keys()
                .with("set", manifest.set().value())
                .with(PlanSlots.TOKEN, context.token().abbreviated()));
    }

    /** What a step has left that an attempt before this one began, its processes and sessions too. */
    public void clear(List<Effect> clearing) {
        parts.shell().fence(context);
        for (Effect effect : clearing) {
            if (effect instanceof Sql drop) {
                execute(drop);
            } else {
                run((Command) effect);
            }
        }
    }

    /**
     * The whole database, with what {@code finishing} gives it, compared with all that the set tells of it.
     *
     * @param step its effects are those of {@link dev.windlass.runbooks.backup.RestoreBeside#grow}, filled
     */
    public DatabaseProof grow(Step step, Runnable finishing) {
        return grow(step, finishing, Comparison::compare);
    }

    /** As {@link #grow}, where owner and settings of the database itself are not those of the set. */
    public DatabaseProof growContents(Step step, Runnable finishing) {
        return grow(step, finishing, Comparison::compareContents);
    }

    private DatabaseProof grow(
            Step step, Runnable finishing, BiFunction<DatabaseFacts, DatabaseFacts, List<Difference>> comparison) {
        DatabaseFacts expected = unpack(step);
        long begun = System.nanoTime();
        restore(step, expected);
        finishing.run();
        return compare(step, expected, grown(), comparison, Duration.ofNanos(System.nanoTime() - begun));
    }

    /**
     * As {@link #growContents}, from a dump that lies where the step restores it from.
     *
     * @param step its effects are those of {@link dev.windlass.runbooks.backup.RestoreBeside#grow} from a dump
     * @param expected what the database was like that was dumped
     */
    public DatabaseProof growFromDump(Step step, DatabaseFacts expected, Runnable finishing) {
        long begun = System.nanoTime();
        restore(step, expected);
        finishing.run();
        return compare(
                step, expected, grown(), Comparison::compareContents, Duration.ofNanos(System.nanoTime() - begun));
    }

    /** Up to where the dump can be restored. @return what the database was like */
    DatabaseFacts unpack(Step step) {
        run(step.command("install"));
        SealedSet.fetch(step, parts.stores(), context);
        DatabaseFacts expected = DatabaseProving.facts(parts, step);
        ScratchSpace.require(Path.of(step.command("install").argv().getLast()), expected.bytes());
        require(DataOffsets.unpack(parts.shell(), step, context));
        return expected;
    }

    void restore(Step step, DatabaseFacts expected) {
        Step known = step.fill(Slots.of(PlanSlots.OPTIONS, expected.createOptions()));
        List<Command> restore = known.commands("pg_restore");
        for (Effect effect : known.effects().subList(0, known.effects().indexOf(restore.getFirst()))) {
            if (effect instanceof Sql making) {
                execute(making);
            }
        }
        for (Command command : restore) {
            RestoreFailures.requireSuccess(parts.shell().run(command, context), true);
        }
    }

    DatabaseProof compare(
            Step step,
            DatabaseFacts expected,
            Database grown,
            BiFunction<DatabaseFacts, DatabaseFacts, List<Difference>> comparison,
            Duration restore) {
        step.statements().stream()
                .filter(statement -> statement.access() == Access.READS)
                .forEach(context::begun);
        long since = System.nanoTime();
        try (SnapshotHolder holder = SnapshotHolder.open(parts.connections(), grown, context.token())) {
            DatabaseFacts found = new FactsReading(
                            parts.connections(),
                            context,
                            parts.operations().backup().jobs())
                    .readLike(expected, holder);
            return DatabaseProving.proof(database.name(), found, comparison.apply(expected, found), restore, since);
        }
    }

    /** How to connect to it. */
    Database grown() {
        return named(database, context.token().abbreviated());
    }

    /** In the maintenance database. */
    public void execute(Sql statement) {
        context.begun(statement);
        try (Connection connection = parts.connections().open(maintenance, context.token());
                Statement jdbc = connection.createStatement()) {
            jdbc.execute(statement.statement());
        } catch (SQLException failed) {
            throw PostgresFailures.using(maintenance, failed);
        }
    }

    public void run(Command command) {
        require(parts.shell().run(command, context));
    }

    private static void require(CommandResult result) {
        result.orFail("make room or correct the permissions of the directory above.", "restore.md#scratch-failed");
    }

    /** Another database of the same server, as the same user. */
    public static Database named(Database database, String name) {
        return new Database(
                database.name(),
                name,
                database.environment(),
                database.host(),
                database.port(),
                database.user(),
                database.password(),
                database.tools(),
                List.of());
    }
}
