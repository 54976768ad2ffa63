package dev.windlass.activities.deploy;

import dev.windlass.workflows.deploy.DeployActivities;
import dev.windlass.workflows.deploy.DeployOrder;
import dev.windlass.workflows.deploy.HealthReport;

/** What a deploy changes. Each is safe to run twice as its target says: {@link ProcessSteps}, {@link ServiceSteps}. */
public final class DeployActivitiesImpl implements DeployActivities {
    private final Targets targets;

    public DeployActivitiesImpl(DeployParts parts) {
        this(parts, DokployPatience.Timing.usual());
    }

    DeployActivitiesImpl(DeployParts parts, DokployPatience.Timing patience) {
        this.targets = new Targets(parts, patience);
    }

    @Override
    public void prepare(DeployOrder order) {
        targets.steps(order).prepare();
    }

    @Override
    public void start(DeployOrder order) {
        targets.steps(order).start();
    }

    @Override
    public HealthReport checkHealth(DeployOrder order) {
        return targets.steps(order).checkHealth();
    }

    @Override
    public void switchTraffic(DeployOrder order) {
        targets.steps(order).switchTraffic();
    }

    @Override
    public String drain(DeployOrder order) {
        return targets.steps(order).drain();
    }

    @Override
    public HealthReport watch(DeployOrder order) {
        return targets.steps(order).watch();
    }

    @Override
    public void retire(DeployOrder order) {
        targets.steps(order).retire();
    }

    @Override
    public void undo(DeployOrder order) {
        targets.steps(order).undo();
    }

    @Override
    public HealthReport checkServing(DeployOrder order) {
        return targets.steps(order).checkServing();
    }
}
