package dev.windlass.activities.deploy;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.runbooks.deploy.PlanOfDeploy;
import dev.windlass.runbooks.deploy.ProcessLayout;
import dev.windlass.runbooks.deploy.ProcessObservation;
import dev.windlass.runbooks.deploy.ProcessObservation.Serving;
import dev.windlass.workflows.deploy.DeployPlan;
import dev.windlass.workflows.deploy.DeployPlanningActivities;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.deploy.ReleaseList;
import dev.windlass.workflows.deploy.ReleaseListRequest;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.StepId;
import io.temporal.activity.Activity;
import java.util.Optional;

/** Looks and plans. Nothing here changes anything, so all of it is safe to run twice. */
public final class DeployPlanningActivitiesImpl implements DeployPlanningActivities {
    private static final StepId PLAN = StepId.of("plan");

    private final DeployParts parts;
    private final QualityGates gates;

    public DeployPlanningActivitiesImpl(DeployParts parts, Secrets secrets) {
        this.parts = parts;
        this.gates = new QualityGates(secrets);
    }

    @Override
    public DeployPlan planDeploy(DeployRequest request) {
        ProcessLayout layout = DeployActivitiesImpl.layout(parts, request.app(), request.environment());
        StepContext context = parts.context(PLAN);
        Optional<PersonName> requester = parts.requesters()
                .person(request, Activity.getExecutionContext().getInfo().getWorkflowId());
        parts.operations()
                .app(request.app())
                .gates(request.environment())
                .ifPresent(wanted -> gates.requireGreen(wanted, request.version(), context));
        ProcessObservation seen = new ProcessObserving(parts, layout, context).observe(request);
        return new DeployPlan(
                new PlanOfDeploy(parts.operations().notifications(), layout).plan(request, seen),
                seen.release(),
                seen.before().map(Serving::release),
                seen.policy(),
                requester);
    }

    @Override
    public ReleaseList listReleases(ReleaseListRequest request) {
        return new Releases(DeployActivitiesImpl.layout(parts, request.app(), request.environment())).list(request);
    }
}
