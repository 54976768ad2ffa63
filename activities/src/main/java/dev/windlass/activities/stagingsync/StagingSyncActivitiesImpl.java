package dev.windlass.activities.stagingsync;

import dev.windlass.workflows.stagingsync.AnonymizationReport;
import dev.windlass.workflows.stagingsync.FlushedRedis;
import dev.windlass.workflows.stagingsync.MaskedCopyReport;
import dev.windlass.workflows.stagingsync.StagingSyncActivities;
import dev.windlass.workflows.stagingsync.StagingSyncOrder;
import java.util.List;

/** Which database is which is seen by its oid, whatever was killed. */
public final class StagingSyncActivitiesImpl implements StagingSyncActivities {
    private final StagingSyncParts parts;

    public StagingSyncActivitiesImpl(StagingSyncParts parts) {
        this.parts = parts;
    }

    /** Safe to run twice: what an earlier attempt has restored is removed first. */
    @Override
    public String restore(StagingSyncOrder order) {
        return restored(order).restore();
    }

    /** Safe to run twice: what is not there any more is not removed. */
    @Override
    public void removeRestored(StagingSyncOrder order) {
        restored(order).remove();
    }

    private RestoredSource restored(StagingSyncOrder order) {
        return new RestoredSource(parts, order, parts.context(order.step().id()));
    }

    /** Safe to run twice: the copy has a name that only this run uses, and is dropped before it is begun again. */
    @Override
    public MaskedCopyReport copy(StagingSyncOrder order) {
        return syncing(order).copy();
    }

    /** Safe to run twice: IF EXISTS. */
    @Override
    public void dropCopy(StagingSyncOrder order) {
        syncing(order).dropCopy();
    }

    /** Safe to run twice: its statements and the note that they were carried out are one transaction. */
    @Override
    public List<Long> rewrite(StagingSyncOrder order) {
        return syncing(order).rewrite();
    }

    /** Safe to run twice: it reads. */
    @Override
    public AnonymizationReport scan(StagingSyncOrder order) {
        return syncing(order).scan();
    }

    /** Safe to run twice: both names change in one transaction, and the copy's oid tells whether they have. */
    @Override
    public String swap(StagingSyncOrder order) {
        return syncing(order).swap();
    }

    /** Safe to run twice: it opens what is closed. */
    @Override
    public String giveUpSwap(StagingSyncOrder order) {
        return syncing(order).giveUpSwap();
    }

    /** Safe to run twice: what is empty is emptied once more. */
    @Override
    public FlushedRedis flush(StagingSyncOrder order) {
        return syncing(order).flush();
    }

    /** Safe to run twice: it looks. */
    @Override
    public String smoke(StagingSyncOrder order) {
        return syncing(order).smoke();
    }

    /** Safe to run twice: both names change in one transaction, and the copy's oid tells whether they have. */
    @Override
    public String swapBack(StagingSyncOrder order) {
        return syncing(order).swapBack();
    }

    /** Safe to run twice: what was dropped is not found again. */
    @Override
    public List<String> clear(StagingSyncOrder order) {
        return syncing(order).clear();
    }

    private StagingSyncing syncing(StagingSyncOrder order) {
        return new StagingSyncing(parts, order, parts.context(order.step().id()));
    }
}
