package dev.windlass.activities.deploy;

import dev.windlass.runbooks.deploy.Colour;
import dev.windlass.runbooks.deploy.ProcessObservation.Serving;
import dev.windlass.workflows.deploy.DeploySteps;
import dev.windlass.workflows.deploy.HealthReport;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.Effect;
import java.util.List;
import java.util.Optional;

/** For an app that runs as a process. */
final class ProcessSteps implements TargetSteps {
    private final ProcessStep step;

    ProcessSteps(ProcessStep step) {
        this.step = step;
    }

    // Twice: finds the release whole under its name, or begins again under the part's name.
    @Override
    public void prepare() {
        new Preparation(fenced()).prepare();
    }

    // Twice: leaves the service alone when it runs the right release; one that a supervisor started bears no mark of
    // the step, so the fence does not find it.
    @Override
    public void start() {
        new ReleaseStart(fenced()).start();
    }

    // Twice: only looks.
    @Override
    public HealthReport checkHealth() {
        return gate(step.step().effects(), step.colour(), step.order().release().version())
                .wait(step);
    }

    // Twice: writes the file only when it is another one; a second reload of the same file changes nothing.
    @Override
    public void switchTraffic() {
        new TrafficSwitch(fenced()).turn();
    }

    // Twice: only looks; its time runs from the switch, which the file remembers.
    @Override
    public String drain() {
        return new Draining(step).drain();
    }

    // Twice: only looks, at the log from the switch on.
    @Override
    public HealthReport watch() {
        return new ReleaseWatch(step).watch();
    }

    // Twice: finds the record written, the service stopped and the directories gone.
    @Override
    public void retire() {
        new Retirement(fenced()).retire();
    }

    // Twice: finds the file as it was, or the service gone.
    @Override
    public void undo() {
        fenced();
        if (step.step().id().equals(DeploySteps.SWITCH)) {
            new TrafficSwitch(step).turnBack();
        } else if (step.step().id().equals(DeploySteps.START)) {
            new ReleaseStart(step).stop(step.step().undo(), step.colour());
        }
    }

    // Twice: only looks.
    @Override
    public HealthReport checkServing() {
        Optional<Release> wanted = step.order().before();
        Optional<Serving> serving = step.state().serving();
        Optional<Release> now = serving.map(Serving::release);
        if (!now.equals(wanted)) {
            return new HealthReport.Unhealthy(
                    "nginx sends traffic to " + words(now) + ", and before the deploy it was " + words(wanted));
        }
        return serving.map(here -> gate(
                                step.step().undo(),
                                here.colour(),
                                here.release().version())
                        .wait(step))
                .orElseGet(() -> new HealthReport.Healthy("nothing serves, as before"));
    }

    private HealthGate gate(List<Effect> effects, Colour colour, Version version) {
        return new HealthGate(
                step.layout().target().health(),
                step.layout().url(colour, ""),
                version,
                effects,
                () -> "service " + step.layout().service(colour) + " is "
                        + new Services(step.layout(), step.shell(), step.context())
                                .state(colour)
                                .words()
                        + ", see " + step.layout().readItsLog(colour));
    }

    private ProcessStep fenced() {
        step.shell().fence(step.context());
        return step;
    }

    private static String words(Optional<Release> release) {
        return release.map(each -> each.version() + " (" + each.abbreviated() + ")")
                .orElse("no release");
    }
}
