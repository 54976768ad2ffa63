package dev.windlass.activities.deploy;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.deploy.PlanOfDeploy;
import dev.windlass.runbooks.deploy.ProcessLayout;
import dev.windlass.runbooks.deploy.ProcessObservation;
import dev.windlass.runbooks.deploy.ProcessObservation.Serving;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.deploy.ReleaseList;
import dev.windlass.workflows.deploy.ReleaseListRequest;

/** Plans deploys of a process. */
final class ProcessPlanning implements TargetPlanning {
    private final DeployParts parts;
    private final ProcessLayout layout;

    ProcessPlanning(DeployParts parts, ProcessLayout layout) {
        this.parts = parts;
        this.layout = layout;
    }

    @Override
    public Planned plan(DeployRequest request, StepContext context) {
        ProcessObservation seen = new ProcessObserving(parts, layout, context).observe(request);
        return new Planned(
                new PlanOfDeploy(parts.operations().notifications(), layout).plan(request, seen),
                seen.release(),
                seen.before().map(Serving::release),
                seen.policy(),
                ReleaseRecord.read(layout).find(seen.release()));
    }

    @Override
    public ReleaseList releases(ReleaseListRequest request, StepContext context) {
        return new Releases(layout).list(request);
    }
}
