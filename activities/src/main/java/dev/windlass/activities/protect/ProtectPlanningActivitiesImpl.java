package dev.windlass.activities.protect;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.protect.ClusterObservation;
import dev.windlass.runbooks.protect.PlanOfProtect;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.protect.PhysicalBackupRequest;
import dev.windlass.workflows.protect.ProtectPlan;
import dev.windlass.workflows.protect.ProtectPlanningActivities;
import dev.windlass.workflows.protect.ProtectRequest;
import dev.windlass.workflows.protect.ProtectionStatus;
import dev.windlass.workflows.protect.StructureCheckPlan;
import dev.windlass.workflows.protect.StructureCheckRequest;
import dev.windlass.workflows.protect.WatchRequest;
import io.temporal.activity.Activity;
import java.util.Optional;

/** Looks and plans. Nothing here changes anything, so all of it is safe to run twice. */
public final class ProtectPlanningActivitiesImpl implements ProtectPlanningActivities {
    private static final StepId PLAN = StepId.of("plan");

    private final ProtectParts parts;

    public ProtectPlanningActivitiesImpl(ProtectParts parts) {
        this.parts = parts;
    }

    @Override
    public ProtectPlan planProtect(ProtectRequest request) {
        StepContext context = parts.context(PLAN);
        Cluster cluster = parts.cluster(request.cluster());
        Optional<PersonName> requester = parts.requesters()
                .person(request, Activity.getExecutionContext().getInfo().getWorkflowId());
        ClusterObservation seen = new ClusterLook(parts, cluster, context).look(request);
        return planner(cluster).plan(request, seen, requester);
    }

    @Override
    public Plan planBackup(PhysicalBackupRequest request) {
        return planner(parts.cluster(request.cluster())).backup(request);
    }

    @Override
    public StructureCheckPlan planStructureCheck(StructureCheckRequest request) {
        return new StructureLook(parts, parts.cluster(request.cluster()), parts.context(PLAN)).plan(request);
    }

    @Override
    public ProtectionStatus look(WatchRequest request) {
        return new ProtectionLook(parts, parts.cluster(request.cluster()), parts.context(PLAN)).look();
    }

    private PlanOfProtect planner(Cluster cluster) {
        return new PlanOfProtect(parts.operations(), cluster, ProtectParts.runAs(cluster));
    }
}
