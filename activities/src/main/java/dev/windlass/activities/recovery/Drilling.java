package dev.windlass.activities.recovery;

import dev.windlass.activities.backup.DatabaseFacts;
import dev.windlass.activities.backup.SmokeTest;
import dev.windlass.activities.effects.Beating;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.backup.PlanSlots;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.recovery.BesideEffects;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.recovery.DrillOrder;
import dev.windlass.workflows.recovery.RestoredCluster;
import java.time.Duration;
import java.util.List;

/** Restores the cluster of a database beside the live one with a watch in the hand, reads all of the database, and removes it. */
final class Drilling {
    /** Whether it has replayed, and its facts; what follows are smoke queries. */
    private static final int OF_THE_CLUSTER = 2;

    private final RecoveryParts parts;
    private final Database database;
    private final StepContext context;
    private final Step step;
    private final ClusterBeside beside;

    Drilling(RecoveryParts parts, DrillOrder order, StepContext context) {
        this.parts = parts;
        this.database = parts.database(order.database());
        this.context = context;
        this.step = order.step().fill(Slots.of(PlanSlots.TOKEN, context.token().abbreviated()));
        this.beside = new ClusterBeside(parts, order.source(), database, context, BesideEffects.in(step));
    }

    RestoredCluster run() {
        if (beside.isThere()) {
            clear(); // an earlier attempt's
        }
        try {
            beside.requireRoom();
            Duration restore = timed(beside::restore);
            Duration replay = timed(beside::start);
            long since = System.nanoTime();
            DatabaseFacts facts = beside.read();
            requireSmoke();
            Duration read = Duration.ofNanos(System.nanoTime() - since);
            beside.remove();
            removeFiles();
            return new RestoredCluster(restore, replay, read, facts.tables().size(), facts.rows(), facts.bytes());
        } catch (RuntimeException failed) {
            try {
                clear();
            } catch (RuntimeException alsoFailed) {
                failed.addSuppressed(alsoFailed);
            }
            throw failed;
        }
    }

    private static Duration timed(Runnable phase) {
        long since = System.nanoTime();
        phase.run();
        return Duration.ofNanos(System.nanoTime() - since);
    }

    private void requireSmoke() {
        Database restored = beside.database();
        List<Sql> statements = step.statements();
        statements.subList(OF_THE_CLUSTER, statements.size()).forEach(context::begun);
        List<String> differences = database.smoke().stream()
                .flatMap(query -> Beating.during(
                        context,
                        "smoke",
                        query.name(),
                        () -> SmokeTest.run(parts.backup().connections(), restored, context.token(), query))
                        .stream())
                .map(Object::toString)
                .toList();
        if (!differences.isEmpty()) {
            throw DrillFailures.smoke(database, differences);
        }
    }

    /** Safe where there is nothing. */
    void clear() {
        beside.end();
        removeFiles();
    }

    private void removeFiles() {
        Command remove = step.commands("rm").getLast();
        parts.backup().shell().run(remove, context).orFail(PointInTimeFailures.HINT, PointInTimeFailures.PLACE);
    }
}
