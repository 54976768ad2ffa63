package dev.windlass.activities.recovery;

import dev.windlass.activities.backup.SmokeTest;
import dev.windlass.activities.effects.Beating;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.backup.Difference;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.recovery.MadeCopy;
import dev.windlass.workflows.recovery.RecoveryActivities;
import dev.windlass.workflows.recovery.RecoveryOrder;
import dev.windlass.workflows.recovery.RowsReport;
import dev.windlass.workflows.recovery.SwapReport;
import dev.windlass.workflows.recovery.TwoCompared;
import java.util.List;

/** What a recovery changes; each says how it is safe to run twice. */
public final class RecoveryActivitiesImpl implements RecoveryActivities {
    private final RecoveryParts parts;

    public RecoveryActivitiesImpl(RecoveryParts parts) {
        this.parts = parts;
    }

    // Twice: ends and drops the earlier attempt's half, its cluster beside too; a whole copy is known by its comment.
    @Override
    public MadeCopy makeCopy(RecoveryOrder order) {
        return new MakingCopy(parts, order, context(order.step())).make();
    }

    // Twice: only looks; the half-written report of the earlier attempt is removed.
    @Override
    public TwoCompared compare(RecoveryOrder order) {
        return new Comparing(parts, order, context(order.step())).run();
    }

    // Twice: the earlier attempt's transaction is ended; what it committed is there, and is not added again.
    @Override
    public RowsReport bringBack(RecoveryOrder order) {
        return new BringingBack(parts, order, context(order.step())).run();
    }

    // Twice: the oid tells which database has the name; both names change in one transaction.
    @Override
    public SwapReport swap(RecoveryOrder order) {
        return new Swapping(parts, order, context(order.step())).run();
    }

    // Twice: opens what is closed, and nothing after the names have changed.
    @Override
    public String giveUpSwap(RecoveryOrder order) {
        return new Swapping(parts, order, context(order.step())).giveUp();
    }

    // Twice: only looks.
    @Override
    public List<String> verify(RecoveryOrder order) {
        StepContext context = context(order.step());
        Database database = parts.database(order.database());
        order.step().statements().forEach(context::begun);
        return database.smoke().stream()
                .flatMap(query -> Beating.during(
                        context,
                        "smoke",
                        query.name(),
                        () -> SmokeTest.run(parts.backup().connections(), database, context.token(), query))
                        .stream())
                .map(Difference::toString)
                .toList();
    }

    // Twice: drops what is still there and bears the run's mark.
    @Override
    public void dropCopy(RecoveryOrder order) {
        new MakingCopy(parts, order, context(order.step())).drop();
    }

    private StepContext context(Step step) {
        return parts.context(step.id());
    }
}
