package dev.windlass.workflows.deploy;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

@ActivityInterface
public interface MigratingDeployPlanningActivities {
    /**
     * Plans both and makes one plan of them.
     *
     * @throws io.temporal.failure.ApplicationFailure as planning either does
     */
    @ActivityMethod(name = "PlanMigratingDeploy")
    MigratingDeployPlan planMigratingDeploy(MigratingDeployOrder order);
}
