package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.backup.PlanSlots;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.backup.DatabaseProof;
import dev.windlass.workflows.backup.RestoreOrder;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

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
        Step step = GrowingDatabase.fill(order.step(), order.manifest(), database, context);
        GrowingDatabase copy = growing(database, context);
        copy.clear(step.undo());
        long begun = System.nanoTime();
        try {
            DatabaseFacts expected = copy.unpack(step);
            if (isRenamed(database, order.into(), growing, context)) {
                return copy.compare(
                        step,
                        expected,
                        GrowingDatabase.named(database, order.into()),
                        Comparison::compareContents,
                        Duration.ZERO);
            }
            new DatabaseLook(parts, context).requireAbsent(database, order.into());
            copy.restore(step, expected);
            Duration restored = Duration.ofNanos(System.nanoTime() - begun);
            DatabaseProof proof = copy.compare(step, expected, copy.grown(), Comparison::compareContents, restored);
            copy.execute(step.statements().get(2));
            copy.execute(step.statements().get(3));
            return proof;
        } finally {
            copy.run(step.command("rm"));
        }
    }

    /** CREATE, DROP and RENAME of a database need a session in another one; the live one is always there. */
    private GrowingDatabase growing(Database database, StepContext context) {
        return new GrowingDatabase(parts, database, database, context);
    }

    /** Whether an earlier attempt of this step came to its end and only its answer was lost. */
    private boolean isRenamed(Database database, String into, String mark, StepContext context) {
        try (Connection connection = parts.connections().open(database, context.token());
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
        Step step = order.step().fill(Slots.of(PlanSlots.TOKEN, context.token().abbreviated()));
        growing(database, context).clear(step.undo());
    }
}
