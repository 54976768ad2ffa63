package dev.windlass.starter.deploy;

import dev.windlass.starter.door.Session;
import dev.windlass.starter.runs.Runbook;
import dev.windlass.workflows.deploy.DeployOutcome;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.deploy.MigratingDeployPlan;
import dev.windlass.workflows.deploy.ReleaseList;
import dev.windlass.workflows.deploy.ReleaseListRequest;
import dev.windlass.workflows.kernel.TaskQueues;
import java.util.List;

/** The runs of the deploy runbook. A rollback is a deploy of a version from before, under its own name. */
public final class DeployRunbooks {
    public static final Runbook<DeployRequest, DeployOutcome> DEPLOY =
            new Runbook<>("deploy", "Deploy", TaskQueues.RUNS, DeployOutcome.class, new DeployReport());

    public static final String PLAN_QUESTION = "PlanDeployRunbook";

    /** A run too: the rehearsal in it takes as long as a restore. */
    public static final Runbook<DeployRequest, MigratingDeployPlan> PLAN_MIGRATING = new Runbook<>(
            "plan-deploy",
            "PlanOfMigratingDeploy",
            TaskQueues.RUNS,
            MigratingDeployPlan.class,
            new MigratingDeployPlanReport());

    public static final List<Runbook<?, ?>> ALL = List.of(DEPLOY, PLAN_MIGRATING);

    private DeployRunbooks() {}

    static ReleaseList releases(Session session, DeployTarget target) {
        return session.ask("ListReleases", new ReleaseListRequest(target.app, target.environment), ReleaseList.class);
    }
}
