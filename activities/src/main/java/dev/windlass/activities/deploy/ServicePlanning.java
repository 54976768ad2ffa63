package dev.windlass.activities.deploy;

import dev.windlass.activities.deploy.Convergence.Look;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.deploy.PlanOfService;
import dev.windlass.runbooks.deploy.ServiceLayout;
import dev.windlass.runbooks.deploy.ServiceObservation;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.deploy.ReleaseList;
import dev.windlass.workflows.deploy.ReleaseList.Entry;
import dev.windlass.workflows.deploy.ReleaseList.State;
import dev.windlass.workflows.deploy.ReleaseListRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Plans deploys of a service. */
final class ServicePlanning implements TargetPlanning {
    private final DeployParts parts;
    private final ServiceLayout layout;

    ServicePlanning(DeployParts parts, ServiceLayout layout) {
        this.parts = parts;
        this.layout = layout;
    }

    @Override
    public Planned plan(DeployRequest request, StepContext context) {
        ServiceObservation seen = new ServiceObserving(parts, layout, context).observe(request);
        return new Planned(
                new PlanOfService(parts.operations().notifications(), layout).plan(request, seen),
                seen.release(),
                Optional.of(seen.before()),
                seen.policy(),
                ServiceRecord.read(layout).kept().find(seen.release()));
    }

    @Override
    public ReleaseList releases(ReleaseListRequest request, StepContext context) {
        ServiceLook look = new ServiceLook(layout, parts.shell(), context);
        String serving = look.digest(look.setting());
        Set<String> here = look.digests();
        ServiceRecord record = ServiceRecord.read(layout).only(each -> here.contains(each.content()));
        Optional<Release> before = record.kept().releases().stream()
                .map(ReleaseRecord.Kept::release)
                .filter(release -> !release.content().equals(serving))
                .findFirst();
        String where = where(look);
        List<Entry> entries = new ArrayList<>();
        for (ReleaseRecord.Kept each : record.kept().releases()) {
            boolean serves = each.release().content().equals(serving);
            State state =
                    serves ? State.SERVING : before.equals(Optional.of(each.release())) ? State.BEFORE : State.KEPT;
            entries.add(new Entry(
                    each.release(), Optional.of(each.deployed()), state, serves ? where : "", each.applied()));
        }
        for (Release each : record.brought()) {
            boolean serves = each.content().equals(serving);
            entries.add(new Entry(
                    each,
                    Optional.empty(),
                    serves ? State.SERVING : State.NEVER_KEPT,
                    serves ? where : "",
                    Optional.empty()));
        }
        return new ReleaseList(request.app(), request.environment(), entries);
    }

    private String where(ServiceLook look) {
        String service = "service " + layout.target().service();
        return switch (look.swarm()) {
            case Look.Unseen unseen -> service;
            case Look.Seen seen ->
                service + ", "
                        + seen.state().tasks().stream()
                                .filter(SwarmState.Task::isWanted)
                                .filter(SwarmState.Task::isRunning)
                                .count()
                        + " running";
        };
    }
}
