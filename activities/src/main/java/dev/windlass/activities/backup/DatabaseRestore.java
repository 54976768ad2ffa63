package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.backup.PlanSlots;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.backup.DatabaseProof;
import dev.windlass.workflows.backup.RestoreOrder;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * A stored database under a new name beside the live ones. Safe to run twice: it grows under a name that only this step
 * uses, an earlier attempt's half is dropped first, and the rename at the end happens once.
 */
final class DatabaseRestore {
    private final BackupParts parts;

    DatabaseRestore(BackupParts parts) {
        this.parts = parts;
    }

    DatabaseProof restore(RestoreOrder order, StepContext context) {
        Database database = parts.operations().database(order.database());
        String growing = context.token().abbreviated();
        Step step = order.step()
                .fill(new SealedSet(order.manifest(), order.database()).keys().with(PlanSlots.TOKEN, growing));
        clear(step, database, context);
        long begun = System.nanoTime();
        try {
            run(step.command("install"), context);
            SealedSet.fetch(step, parts.stores(), context);
            DatabaseFacts expected = DatabaseProving.facts(parts, step);
            ScratchSpace.require(Path.of(step.command("install").argv().getLast()), expected.bytes());
            require(DataOffsets.unpack(parts.shell(), step, context));
            if (isRenamed(database, order.into(), growing, context)) {
                context.begun(step.statements().get(1));
                return compare(order, expected, named(database, order.into()), context, Duration.ZERO);
            }
            new DatabaseLook(parts, context).requireAbsent(database, order.into());
            Step create = step.fill(Slots.of(PlanSlots.OPTIONS, expected.createOptions()));
            execute(database, create.statements().getFirst(), context);
            Database grown = named(database, growing);
            RestoreFailures.requireSuccess(parts.shell().run(step.command("pg_restore"), context), true);
            long restored = System.nanoTime();
            context.begun(step.statements().get(1));
            DatabaseProof proof = compare(order, expected, grown, context, Duration.ofNanos(restored - begun));
            execute(database, step.statements().get(2), context);
            execute(database, step.statements().get(3), context);
            return proof;
        } finally {
            run(step.command("rm"), context);
        }
    }

    /** Whether an earlier attempt of this step came to its end and only its answer was lost. */
    private boolean isRenamed(Database database, String into, String mark, StepContext context) {
        try (Connection connection = maintenance(database, context);
                PreparedStatement query = connection.prepareStatement(
                        "SELECT FROM pg_database WHERE datname = ? AND shobj_description(oid, 'pg_database') = ?")) {
            query.setString(1, into);
            query.setString(2, mark);
            try (ResultSet found = query.executeQuery()) {
                return found.next();
            }
        } catch (SQLException failed) {
            throw PostgresFailures.using(database, failed);
        }
    }

    /** The undo: drops what grew and was never renamed. A database under its final name stays. */
    void drop(RestoreOrder order, StepContext context) {
        Database database = parts.operations().database(order.database());
        clear(order.step().fill(Slots.of(PlanSlots.TOKEN, context.token().abbreviated())), database, context);
    }

    private void clear(Step step, Database database, StepContext context) {
        parts.shell().fence(context);
        step.undo().stream().filter(Sql.class::isInstance).forEach(drop -> execute(database, (Sql) drop, context));
        run(step.command("rm"), context);
    }

    private DatabaseProof compare(
            RestoreOrder order, DatabaseFacts expected, Database grown, StepContext context, Duration restore) {
        long since = System.nanoTime();
        try (SnapshotHolder holder = SnapshotHolder.open(parts.connections(), grown, context.token())) {
            DatabaseFacts found = new FactsReading(
                            parts.connections(),
                            context,
                            parts.operations().backup().jobs())
                    .readLike(expected, holder);
            return DatabaseProving.proof(
                    order.database(), found, Comparison.compareContents(expected, found), restore, since);
        }
    }

    private void execute(Database database, Sql statement, StepContext context) {
        context.begun(statement);
        try (Connection connection = maintenance(database, context);
                Statement jdbc = connection.createStatement()) {
            jdbc.execute(statement.statement());
        } catch (SQLException failed) {
            throw PostgresFailures.using(database, failed);
        }
    }

    /** CREATE, DROP and RENAME of a database need a session in another one; this one is always there. */
    private Connection maintenance(Database database, StepContext context) {
        return parts.connections().open(named(database, database.database()), context.token());
    }

    private void run(Command command, StepContext context) {
        require(parts.shell().run(command, context));
    }

    private static void require(CommandResult result) {
        result.orFail("make room or correct the permissions of the directory above.", "restore.md#scratch-failed");
    }

    private static Database named(Database database, String name) {
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
