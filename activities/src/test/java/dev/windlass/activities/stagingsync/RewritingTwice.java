package dev.windlass.activities.stagingsync;

import dev.windlass.workflows.stagingsync.AnonymizationReport;
import dev.windlass.workflows.stagingsync.FlushedRedis;
import dev.windlass.workflows.stagingsync.MaskedCopyReport;
import dev.windlass.workflows.stagingsync.StagingSyncActivities;
import dev.windlass.workflows.stagingsync.StagingSyncOrder;
import java.util.List;

/** As if the worker had died between the transaction of the step and its answer: rewrite is carried out once more. */
record RewritingTwice(StagingSyncActivities real) implements StagingSyncActivities {
    @Override
    public MaskedCopyReport copy(StagingSyncOrder order) {
        return real.copy(order);
    }

    @Override
    public void dropCopy(StagingSyncOrder order) {
        real.dropCopy(order);
    }

    @Override
    public List<Long> rewrite(StagingSyncOrder order) {
        real.rewrite(order);
        return real.rewrite(order);
    }

    @Override
    public AnonymizationReport scan(StagingSyncOrder order) {
        return real.scan(order);
    }

    @Override
    public String swap(StagingSyncOrder order) {
        return real.swap(order);
    }

    @Override
    public String giveUpSwap(StagingSyncOrder order) {
        return real.giveUpSwap(order);
    }

    @Override
    public String restore(StagingSyncOrder order) {
        real.restore(order);
        return real.restore(order);
    }

    @Override
    public void removeRestored(StagingSyncOrder order) {
        real.removeRestored(order);
        real.removeRestored(order);
    }

    @Override
    public FlushedRedis flush(StagingSyncOrder order) {
        FlushedRedis first = real.flush(order);
        real.flush(order);
        return first;
    }

    @Override
    public String smoke(StagingSyncOrder order) {
        return real.smoke(order);
    }

    @Override
    public String swapBack(StagingSyncOrder order) {
        real.swapBack(order);
        return real.swapBack(order);
    }

    @Override
    public List<String> clear(StagingSyncOrder order) {
        return real.clear(order);
    }
}
