package dev.windlass.workflows.recovery;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Looks and decides; changes nothing. */
@ActivityInterface
public interface DrillPlanningActivities {
    /**
     * @throws io.temporal.failure.ApplicationFailure NOT_FOUND (no such database, no cluster, no backup), PRECONDITION (it
     *     does not archive), DISK_FULL, TOOL_MISSING, DATABASE_UNREACHABLE, and what asking the bucket can end with
     */
    @ActivityMethod(name = "PlanDrill")
    DrillPlan planDrill(DrillPlanOrder order);
}
