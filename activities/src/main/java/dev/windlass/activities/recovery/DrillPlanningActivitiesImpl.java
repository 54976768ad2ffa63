package dev.windlass.activities.recovery;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.protect.ProtectParts;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.recovery.PlanOfDrill;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.recovery.CopySource.PointInTime;
import dev.windlass.workflows.recovery.DrillPlan;
import dev.windlass.workflows.recovery.DrillPlanOrder;
import dev.windlass.workflows.recovery.DrillPlanningActivities;

/** Looks and plans. Nothing here changes anything, so all of it is safe to run twice. */
public final class DrillPlanningActivitiesImpl implements DrillPlanningActivities {
    private final RecoveryParts parts;

    public DrillPlanningActivitiesImpl(RecoveryParts parts) {
        this.parts = parts;
    }

    @Override
    public DrillPlan planDrill(DrillPlanOrder order) {
        StepContext context = parts.context(StepId.of("plan"));
        Database database = parts.database(order.request().database());
        PointInTimeSource sources = new PointInTimeSource(parts, context);
        PointInTime source =
                order.moment().map(moment -> sources.of(database, moment)).orElseGet(() -> sources.ofNow(database));
        RewoundRoom.require(parts.operations(), source, context.token().abbreviated());
        return new PlanOfDrill(
                        parts.operations(),
                        ProtectParts.runAs(parts.operations().cluster(source.cluster())))
                .plan(order.request(), source);
    }
}
