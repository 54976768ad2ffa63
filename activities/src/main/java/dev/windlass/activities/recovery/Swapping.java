package dev.windlass.activities.recovery;

import dev.windlass.activities.backup.FactsReading;
import dev.windlass.activities.backup.GrowingDatabase;
import dev.windlass.activities.backup.NeighbouringDatabases;
import dev.windlass.activities.backup.NeighbouringDatabases.Found;
import dev.windlass.activities.backup.PostgresFailures;
import dev.windlass.activities.backup.SnapshotHolder;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.backup.DatabaseNames;
import dev.windlass.runbooks.backup.PlanSlots;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.recovery.PlanOfRecoverDatabase;
import dev.windlass.runbooks.recovery.SwapEffects;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.recovery.MadeCopy;
import dev.windlass.workflows.recovery.RecoveryOrder;
import dev.windlass.workflows.recovery.SwapReport;

/**
 * Lets the copy take the name of the live database, if that is still what was compared: it is closed, all other sessions
 * are ended, and ours, which were there before, count and hash it again. Which database has the name is seen by its oid,
 * whatever was killed.
 */
final class Swapping {
    private final RecoveryParts parts;
    private final StepContext context;
    private final Database database;
    private final DatabaseNames names;
    private final NeighbouringDatabases neighbours;
    private final MadeCopy copy;
    private final String compared;
    private final String kept;
    private final SwapEffects effects;

    Swapping(RecoveryParts parts, RecoveryOrder order, StepContext context) {
        this.parts = parts;
        this.context = context;
        this.database = parts.database(order.database());
        this.names = new DatabaseNames(database.database());
        Database maintenance = GrowingDatabase.named(database, names.maintenance());
        this.neighbours = new NeighbouringDatabases(
                parts.backup(), maintenance, context, failed -> PostgresFailures.using(maintenance, failed));
        this.copy = order.copy().orElseThrow(() -> new IllegalArgumentException("the order names no copy"));
        this.compared = order.compared()
                .orElseThrow(() -> new IllegalArgumentException("the order has no comparison"))
                .live();
        this.kept = PlanOfRecoverDatabase.nameOfKept(database, order.source());
        this.effects = SwapEffects.in(
                order.step().fill(Slots.of(PlanSlots.TOKEN, context.token().abbreviated())));
    }

    SwapReport run() {
        neighbours.endEarlierSessions();
        Found live = live();
        if (live.oid() == copy.oid()) {
            return swapped();
        }
        if (!live.isOpen()) {
            open();
        }
        requireNames();
        try {
            if (!isAsCompared()) {
                open();
                return new SwapReport.Changed();
            }
            change("end all sessions", effects.end());
            change("change the names", effects.rename());
        } catch (RuntimeException failed) {
            try {
                giveUp();
            } catch (RuntimeException alsoFailed) {
                failed.addSuppressed(alsoFailed);
            }
            throw failed;
        }
        return swapped();
    }

    private boolean isAsCompared() {
        int jobs = parts.operations().backup().jobs();
        try (SnapshotHolder alone = SnapshotHolder.openAlone(
                parts.backup().connections(), database, context.token(), jobs, this::closeToOthers)) {
            context.begun(effects.count());
            boolean isSame = new FactsReading(parts.backup().connections(), context, jobs)
                    .read(alone)
                    .fingerprint()
                    .equals(compared);
            requireAlone();
            return isSame;
        }
    }

    private void closeToOthers() {
        change("close the database", effects.close());
        change("end its sessions", effects.endOthers());
        requireAlone();
    }

    private void requireAlone() {
        long others = neighbours.count(effects.others());
        if (others > 0) {
            throw RecoveryFailures.othersStay(database, others);
        }
    }

    private void requireNames() {
        var all = neighbours.all();
        Found beside = all.get(copy.name());
        if (beside == null || beside.oid() != copy.oid()) {
            throw RecoveryFailures.copyGone(copy.name());
        }
        if (all.containsKey(kept)) {
            throw RecoveryFailures.nameTaken(database, kept);
        }
    }

    /** @return how it stands, in words */
    String giveUp() {
        neighbours.endEarlierSessions();
        Found live = live();
        if (live.oid() == copy.oid()) {
            return swapped().words();
        }
        if (!live.isOpen()) {
            open();
        }
        return "the live database was not touched";
    }

    private Found live() {
        return neighbours.find(names.live()).orElseThrow(() -> RecoveryFailures.liveGone(database));
    }

    private SwapReport.Swapped swapped() {
        return new SwapReport.Swapped(kept, DatabaseNames.open(kept), DatabaseNames.drop(kept));
    }

    private void open() {
        change("open the database", effects.open());
    }

    private void change(String what, Sql statement) {
        neighbours.change(what, statement, failed -> RecoveryFailures.renaming(database, failed));
    }
}
