package dev.windlass.workflows.deploy;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

@ActivityInterface
public interface DeployPlanningActivities {
    /**
     * Looks at what serves, resolves the version, checks the quality gates and the requester's signature, and plans.
     *
     * <p>That what serves is not healthy is shown in the plan and refuses nothing: a fix must be deployable while
     * production is down.
     *
     * @throws io.temporal.failure.ApplicationFailure NOT_FOUND (app, environment, version), PRECONDITION (a red gate, no
     *     room on the disk, a port in use), CONFIGURATION
     */
    @ActivityMethod(name = "PlanDeploy")
    DeployPlan planDeploy(DeployRequest request);

    /** @throws io.temporal.failure.ApplicationFailure NOT_FOUND (app, environment) */
    @ActivityMethod(name = "ReadReleases")
    ReleaseList listReleases(ReleaseListRequest request);
}
