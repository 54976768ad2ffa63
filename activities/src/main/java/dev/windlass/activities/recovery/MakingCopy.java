package dev.windlass.activities.recovery;

import dev.windlass.activities.backup.GrowingDatabase;
import dev.windlass.activities.backup.NeighbouringDatabases;
import dev.windlass.activities.backup.NeighbouringDatabases.Found;
import dev.windlass.activities.backup.PostgresFailures;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.runbooks.backup.DatabaseNames;
import dev.windlass.runbooks.backup.PlanSlots;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.recovery.CopyEffects;
import dev.windlass.runbooks.recovery.PlanOfRecoverDatabase;
import dev.windlass.runbooks.recovery.RewindEffects;
import dev.windlass.workflows.backup.DatabaseProof;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.recovery.CopySource;
import dev.windlass.workflows.recovery.MadeCopy;
import dev.windlass.workflows.recovery.RecoveryOrder;
import dev.windlass.workflows.recovery.RecoverySteps;
import java.util.List;
import java.util.Optional;

/**
 * A copy beside the live database: it grows under a name that only its step uses, is compared with its source, and gets a
 * name that people can read. Its comment tells whose it is.
 */
final class MakingCopy {
    private final RecoveryParts parts;
    private final RecoveryOrder order;
    private final StepContext context;
    private final Database database;
    private final GrowingDatabase copy;
    private final NeighbouringDatabases neighbours;
    private final String name;
    private final String mark;

    MakingCopy(RecoveryParts parts, RecoveryOrder order, StepContext context) {
        this.parts = parts;
        this.order = order;
        this.context = context;
        this.database = parts.database(order.database());
        Database maintenance = GrowingDatabase.named(database, new DatabaseNames(database.database()).maintenance());
        this.copy = new GrowingDatabase(parts.backup(), database, maintenance, context);
        this.neighbours = new NeighbouringDatabases(
                parts.backup(), maintenance, context, failed -> PostgresFailures.using(maintenance, failed));
        this.name = PlanOfRecoverDatabase.nameOfCopy(database, order.source());
        this.mark =
                new StepToken(context.token().workflowId(), context.token().runId(), RecoverySteps.COPY).abbreviated();
    }

    MadeCopy make() {
        Step step = switch (order.source()) {
            case CopySource.BackupSet set -> GrowingDatabase.fill(order.step(), set.manifest(), database, context);
            case CopySource.PointInTime moment ->
                order.step().fill(Slots.of(PlanSlots.TOKEN, context.token().abbreviated()));
        };
        CopyEffects effects = CopyEffects.in(step);
        neighbours.endEarlierSessions();
        // Before anything can stop this attempt: a half copy, or an opened dump beside a whole one, is nobody's
        // afterwards.
        clear(step, effects);
        Optional<Found> earlier = neighbours.find(name);
        if (earlier.isPresent()) {
            // An attempt before this one came to its end, and only its answer was lost.
            return earlier.filter(found -> found.comment().equals(mark))
                    .map(found -> new MadeCopy(name, found.oid()))
                    .orElseThrow(() -> RecoveryFailures.nameTaken(database, name));
        }
        grow(step, effects);
        return neighbours
                .find(name)
                .map(found -> new MadeCopy(name, found.oid()))
                .orElseThrow(() -> RecoveryFailures.copyGone(name));
    }

    private void grow(Step step, CopyEffects effects) {
        try {
            DatabaseProof proof = rewinding(step)
                    .map(rewinding ->
                            copy.growFromDump(ofGrowth(step, effects), rewinding.dump(), () -> finish(effects)))
                    .orElseGet(() -> copy.growContents(step, () -> finish(effects)));
            if (!proof.isProven()) {
                throw RecoveryFailures.differs(order.source(), proof);
            }
            neighbours.beating("mark the copy", () -> copy.execute(effects.mark()));
            neighbours.beating("name the copy", () -> copy.execute(effects.whole()));
            copy.run(effects.removeFiles());
        } catch (RuntimeException failed) {
            try {
                clear(step, effects);
            } catch (RuntimeException alsoFailed) {
                failed.addSuppressed(alsoFailed);
            }
            throw failed;
        }
    }

    private Optional<Rewinding> rewinding(Step step) {
        return switch (order.source()) {
            case CopySource.BackupSet set -> Optional.empty();
            case CopySource.PointInTime moment ->
                RewindEffects.in(step).map(effects -> new Rewinding(parts, moment, database, context, effects));
        };
    }

    private static Step ofGrowth(Step step, CopyEffects effects) {
        return Step.of(step.id(), step.title(), effects.growFromDump()).withSlots(PlanSlots.OPTIONS);
    }

    /** A server that is to be stopped has to be there: the others do nothing where there is nothing. */
    private void clear(Step step, CopyEffects effects) {
        rewinding(step).ifPresent(Rewinding::end);
        List<Effect> stops =
                RewindEffects.in(step).stream().<Effect>map(RewindEffects::stop).toList();
        copy.clear(effects.clear().stream()
                .filter(effect -> !stops.contains(effect))
                .toList());
    }

    private void finish(CopyEffects effects) {
        parts.backup()
                .shell()
                .run(effects.analyze(), context)
                .orFail(
                        "look into the server's log, then start the recovery again",
                        "recover-database.md#copy-differs");
        neighbours.beating("settings", () -> copy.execute(effects.likeTheLiveOne()));
    }

    /** What has become the live database has another name, and somebody else's has another comment. */
    void drop() {
        neighbours.endEarlierSessions();
        boolean isOurs = neighbours
                .find(name)
                .filter(found -> found.comment().equals(mark))
                .isPresent();
        if (order.step().id().equals(RecoverySteps.COPY)) {
            Step step = order.step().fill(Slots.of(PlanSlots.TOKEN, mark));
            CopyEffects effects = CopyEffects.in(step);
            clear(step, effects);
            if (isOurs) {
                neighbours.beating("drop the copy", () -> copy.execute(effects.drop()));
            }
        } else if (isOurs) {
            order.step().statements().forEach(drop -> neighbours.beating("drop the copy", () -> copy.execute(drop)));
        }
    }
}
