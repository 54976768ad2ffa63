package dev.windlass.activities.deploy;

import dev.windlass.runbooks.deploy.HealthCalls;
import dev.windlass.workflows.deploy.DeployOrder;
import dev.windlass.workflows.deploy.HealthReport;

/** The steps of a deploy that make an app serve on a machine that was recovered: the same steps, done by the same hands. */
public final class RecoveredApp {
    private final DeployParts parts;
    private final Targets targets;

    public RecoveredApp(DeployParts parts) {
        this.parts = parts;
        this.targets = new Targets(parts, DokployPatience.Timing.usual());
    }

    public void prepare(DeployOrder order) {
        targets.steps(order).prepare();
    }

    public void start(DeployOrder order) {
        targets.steps(order).start();
    }

    public HealthReport checkHealth(DeployOrder order) {
        return targets.steps(order).checkHealth();
    }

    public void switchTraffic(DeployOrder order) {
        targets.steps(order).switchTraffic();
    }

    /** @param address where nginx has the app, without its paths */
    public HealthReport checkThroughNginx(DeployOrder order, String address) {
        var step = order.step();
        var context = parts.context(step.id());
        return new HealthGate(
                        HealthCalls.of(parts.operations().app(order.app()).environment(order.environment())),
                        address,
                        order.release().version(),
                        step.effects(),
                        () -> "nginx: tail /var/log/nginx/error.log")
                .wait(context, new Pauses(context, step.id())::pause);
    }
}
