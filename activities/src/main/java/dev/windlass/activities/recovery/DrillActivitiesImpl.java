package dev.windlass.activities.recovery;

import dev.windlass.workflows.recovery.DrillActivities;
import dev.windlass.workflows.recovery.DrillOrder;
import dev.windlass.workflows.recovery.DrillRecord;
import dev.windlass.workflows.recovery.MeasuredLoss;
import dev.windlass.workflows.recovery.RestoredCluster;
import java.nio.file.Path;

/** What a drill does; each says how it is safe to run twice. */
public final class DrillActivitiesImpl implements DrillActivities {
    private final RecoveryParts parts;
    private final DrillLog log;

    public DrillActivitiesImpl(RecoveryParts parts) {
        this.parts = parts;
        this.log = new DrillLog(Path.of(parts.operations().state()));
    }

    // Twice: commits that change nothing are committed again, and measured anew.
    @Override
    public MeasuredLoss measureLoss(DrillOrder order) {
        return new MeasuringLoss(parts, order, parts.context(order.step().id())).measure();
    }

    // Twice: the earlier attempt's server is ended and its directory removed; then it begins again.
    @Override
    public RestoredCluster restore(DrillOrder order) {
        return drilling(order).run();
    }

    // Twice: what is gone is not ended again.
    @Override
    public void clear(DrillOrder order) {
        drilling(order).clear();
    }

    // Twice: a run stands in the file once.
    @Override
    public void record(DrillRecord record) {
        log.append(record);
    }

    private Drilling drilling(DrillOrder order) {
        return new Drilling(parts, order, parts.context(order.step().id()));
    }
}
