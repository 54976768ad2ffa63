package dev.windlass.activities.deploy;

import dev.windlass.runbooks.config.Target;
import dev.windlass.runbooks.config.UnknownNameException;
import dev.windlass.runbooks.deploy.ProcessLayout;
import dev.windlass.runbooks.deploy.ProcessObservation.Serving;
import dev.windlass.workflows.deploy.DeployActivities;
import dev.windlass.workflows.deploy.DeployOrder;
import dev.windlass.workflows.deploy.DeploySteps;
import dev.windlass.workflows.deploy.HealthReport;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import java.util.Optional;

/** What a deploy changes, for an app that runs as a process; each says how it is safe to run twice. */
public final class DeployActivitiesImpl implements DeployActivities {
    private final DeployParts parts;

    public DeployActivitiesImpl(DeployParts parts) {
        this.parts = parts;
    }

    // Twice: finds the release whole under its name, or begins again under the part's name.
    @Override
    public void prepare(DeployOrder order) {
        new Preparation(fenced(order)).prepare();
    }

    // Twice: leaves the service alone when it runs the right release; one that a supervisor started bears no mark of
    // the
    // step, so the fence does not find it.
    @Override
    public void start(DeployOrder order) {
        new ReleaseStart(fenced(order)).start();
    }

    // Twice: only looks.
    @Override
    public HealthReport checkHealth(DeployOrder order) {
        ProcessStep step = step(order);
        return new HealthGate(
                        step,
                        order.step().effects(),
                        step.colour(),
                        order.release().version())
                .wait(services(step));
    }

    // Twice: writes the file only when it is another one; a second reload of the same file changes nothing.
    @Override
    public void switchTraffic(DeployOrder order) {
        new TrafficSwitch(fenced(order)).turn();
    }

    // Twice: only looks; its time runs from the switch, which the file remembers.
    @Override
    public String drain(DeployOrder order) {
        return new Draining(step(order)).drain();
    }

    // Twice: only looks, at the log from the switch on.
    @Override
    public HealthReport watch(DeployOrder order) {
        return new ReleaseWatch(step(order)).watch();
    }

    // Twice: finds the record written, the service stopped and the directories gone.
    @Override
    public void retire(DeployOrder order) {
        new Retirement(fenced(order)).retire();
    }

    // Twice: finds the file as it was, or the service gone.
    @Override
    public void undo(DeployOrder order) {
        ProcessStep step = fenced(order);
        if (order.step().id().equals(DeploySteps.SWITCH)) {
            new TrafficSwitch(step).turnBack();
        } else if (order.step().id().equals(DeploySteps.START)) {
            new ReleaseStart(step).stop(order.step().undo(), step.colour());
        }
    }

    // Twice: only looks.
    @Override
    public HealthReport checkServing(DeployOrder order) {
        ProcessStep step = step(order);
        Optional<Serving> serving = step.state().serving();
        Optional<Release> now = serving.map(Serving::release);
        if (!now.equals(order.before())) {
            return new HealthReport.Unhealthy(
                    "nginx sends traffic to " + words(now) + ", and before the deploy it was " + words(order.before()));
        }
        return serving.map(here -> new HealthGate(
                                step,
                                order.step().undo(),
                                here.colour(),
                                here.release().version())
                        .wait(services(step)))
                .orElseGet(() -> new HealthReport.Healthy("nothing serves, as before"));
    }

    private static String words(Optional<Release> release) {
        return release.map(each -> each.version() + " (" + each.abbreviated() + ")")
                .orElse("no release");
    }

    private static Services services(ProcessStep step) {
        return new Services(step.layout(), step.shell(), step.context());
    }

    private ProcessStep fenced(DeployOrder order) {
        ProcessStep step = step(order);
        parts.shell().fence(step.context());
        return step;
    }

    private ProcessStep step(DeployOrder order) {
        return new ProcessStep(
                order,
                layout(parts, order.app(), order.environment()),
                parts.shell(),
                parts.context(order.step().id()),
                parts.clock());
    }

    static ProcessLayout layout(DeployParts parts, AppName app, EnvironmentName environment) {
        try {
            return switch (parts.operations().app(app).environment(environment)) {
                case Target.ProcessTarget process -> new ProcessLayout(app, environment, process);
            };
        } catch (UnknownNameException unknown) {
            throw DeployFailures.unknownName(unknown);
        }
    }
}
