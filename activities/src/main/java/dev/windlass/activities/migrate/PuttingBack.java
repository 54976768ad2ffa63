package dev.windlass.activities.migrate;

import dev.windlass.activities.backup.GrowingDatabase;
import dev.windlass.activities.backup.NeighbouringDatabases;
import dev.windlass.activities.backup.NeighbouringDatabases.Found;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.backup.DatabaseNames;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.migrate.PutBackEffects;
import dev.windlass.runbooks.migrate.PutBackEffects.Finish;
import dev.windlass.workflows.backup.DatabaseProof;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.migrate.MigrateObservation.ProvenSet;
import dev.windlass.workflows.migrate.MigrateOrder;
import dev.windlass.workflows.migrate.PutBack;
import dev.windlass.workflows.migrate.PutBack.Restored;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Restores a copy beside the database, compares it, and lets it take the name. How far an earlier attempt came is seen by
 * which databases there are; nothing is dropped but a copy that never got whole.
 */
final class PuttingBack {
    private final MigrateParts parts;
    private final StepContext context;
    private final Database database;
    private final NeighbouringDatabases neighbours;
    private final DatabaseNames names;
    private final String mark;
    private final ProvenSet set;
    private final Step step;
    private final PutBackEffects effects;
    private final GrowingDatabase copy;
    private final BooleanSupplier isNotNeeded;

    /** @param isNotNeeded asked while the database is there and open */
    PuttingBack(MigrateParts parts, MigrateOrder order, StepContext context, BooleanSupplier isNotNeeded) {
        this.parts = parts;
        this.context = context;
        this.database = parts.operations()
                .database(parts.migrations(order.app(), order.environment()).database());
        this.names = new DatabaseNames(database.database());
        Database maintenance = GrowingDatabase.named(database, names.maintenance());
        this.neighbours = new NeighbouringDatabases(
                parts.backup(), maintenance, context, failed -> MigrateFailures.database(maintenance, failed));
        this.set = order.restorePoint()
                .orElseThrow(() -> new IllegalArgumentException("the order names no set to restore"));
        this.mark = DatabaseNames.mark(set.set());
        this.step = GrowingDatabase.fill(order.step(), set.manifest(), database, context)
                .fill(Slots.of("mark", mark));
        this.effects = PutBackEffects.in(step.undo(), order.before().pending().size());
        this.copy = new GrowingDatabase(parts.backup(), database, maintenance, context);
        this.isNotNeeded = isNotNeeded;
    }

    PutBack run() {
        neighbours.endEarlierSessions();
        // Before anything can stop this attempt: a half copy, or an opened dump beside a whole one, is nobody's
        // afterwards.
        clear();
        Set<String> there = neighbours.all().keySet();
        if (there.contains(names.broken(mark))) {
            requireLive(there);
            return restored();
        }
        requireLive(there);
        if (isOpen() && isNotNeeded.getAsBoolean()) {
            return PutBack.withoutRestore();
        }
        if (!there.contains(names.restored(mark))) {
            grow();
        }
        swap();
        return restored();
    }

    private void requireLive(Set<String> there) {
        if (!there.contains(names.live())) {
            throw PutBackFailures.gone(
                    database,
                    there.stream()
                            .filter(name -> name.equals(names.broken(mark)) || name.equals(names.restored(mark)))
                            .toList());
        }
    }

    private PutBack restored() {
        String kept = names.broken(mark);
        return new PutBack(Optional.of(new Restored(
                set.set(),
                set.snapshotAt(),
                parts.backup().clock().instant(),
                kept,
                DatabaseNames.open(kept),
                DatabaseNames.drop(kept))));
    }

    /** The live one is not touched. One that is not whole is of no use to anybody. */
    private void grow() {
        try {
            DatabaseProof proof = copy.grow(growing(), this::finish);
            if (!proof.isProven()) {
                throw PutBackFailures.differs(database, set.set(), proof);
            }
            Finish finish = effects.finish();
            neighbours.beating("close the copy", () -> copy.execute(finish.close()));
            neighbours.beating("name the copy", () -> copy.execute(finish.whole()));
            clear();
        } catch (RuntimeException failed) {
            try {
                clear();
            } catch (RuntimeException alsoFailed) {
                failed.addSuppressed(alsoFailed);
            }
            throw failed;
        }
    }

    private Step growing() {
        return Step.of(step.id(), step.title(), effects.grow());
    }

    private void finish() {
        parts.backup()
                .shell()
                .run(effects.finish().analyze(), context)
                .orFail("look into the server's log, then windlass resume with --retry", "migrate.md#put-back-failed");
        neighbours.beating("settings", () -> copy.execute(effects.finish().setLikeTheLiveOne()));
    }

    private void clear() {
        copy.clear(effects.clear());
    }

    /** From the first statement on nobody gets in, until the last one or until it was given up. */
    private void swap() {
        change("close the database", effects.swap().close());
        try {
            change("end its sessions", effects.swap().end());
            change("change the names", effects.swap().rename());
        } catch (RuntimeException failed) {
            try {
                change("open the database", effects.swap().open());
            } catch (RuntimeException alsoFailed) {
                failed.addSuppressed(alsoFailed);
            }
            throw failed;
        }
    }

    private void change(String what, Sql statement) {
        neighbours.change(what, statement, failed -> PutBackFailures.renaming(database, failed));
    }

    /** A worker that was killed in the middle of the swap has left it closed. */
    private boolean isOpen() {
        return neighbours.find(names.live()).filter(Found::isOpen).isPresent();
    }
}
