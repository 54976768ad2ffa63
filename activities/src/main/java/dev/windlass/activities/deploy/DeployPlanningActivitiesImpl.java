package dev.windlass.activities.deploy;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.protect.LastDrills;
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
    private static final StepId LIST = StepId.of("releases");

    private final DeployParts parts;
    private final Targets targets;
    private final QualityGates gates;
    private final SchemaCheck schema;
    private final DrillCheck drills;

    public DeployPlanningActivitiesImpl(DeployParts parts, SchemaLook schemas, LastDrills drills) {
        this.parts = parts;
        this.schema = new SchemaCheck(schemas);
        this.drills = new DrillCheck(parts.operations(), drills, parts.clock());
        this.targets = new Targets(parts, DokployPatience.Timing.usual());
        this.gates = new QualityGates(parts.secrets());
    }

    @Override
    public DeployPlan planDeploy(DeployRequest request) {
        TargetPlanning target = targets.planning(request.app(), request.environment());
        StepContext context = parts.context(PLAN);
        Optional<PersonName> requester = parts.requesters()
                .person(request, Activity.getExecutionContext().getInfo().getWorkflowId());
        parts.operations()
                .app(request.app())
                .gates(request.environment())
                .ifPresent(wanted -> gates.requireGreen(wanted, request.version(), context));
        return schema.checked(request, drills.checked(request, target.plan(request, context)), requester, context);
    }

    @Override
    public ReleaseList listReleases(ReleaseListRequest request) {
        return targets.planning(request.app(), request.environment()).releases(request, parts.context(LIST));
    }
}
