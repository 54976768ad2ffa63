package dev.windlass.activities.deploy;

import dev.windlass.runbooks.config.Target.Health;
import dev.windlass.runbooks.deploy.Colour;
import dev.windlass.workflows.deploy.HealthReport;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Quantities;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Looks until a slot was healthy several times in a row, or the deadline is over. */
final class HealthGate {
    private final ProcessStep step;
    private final List<Effect> effects;
    private final Colour colour;
    private final Version version;

    /** @param effects of the step or of its undo: what looking asks */
    HealthGate(ProcessStep step, List<Effect> effects, Colour colour, Version version) {
        this.step = step;
        this.effects = effects;
        this.colour = colour;
        this.version = version;
    }

    HealthReport wait(Services services) {
        Health health = step.layout().target().health();
        long begun = System.nanoTime();
        int inARow = 0;
        String last = "";
        try (Web web = new Web()) {
            HealthLook look = new HealthLook(web, step.layout(), colour, version);
            while (true) {
                effects.stream().filter(Effect.HttpCall.class::isInstance).forEach(step.context()::begun);
                Optional<String> problem = look.problem();
                inARow = problem.isEmpty() ? inARow + 1 : 0;
                last = problem.orElse(last);
                Duration taken = Duration.ofNanos(System.nanoTime() - begun);
                if (inARow >= health.successes()) {
                    return new HealthReport.Healthy(
                            Quantities.plural(inARow, "good answer") + " in a row after " + Quantities.time(taken));
                }
                if (taken.plus(health.interval()).compareTo(health.deadline()) > 0) {
                    return unhealthy(last, taken, services);
                }
                step.pause(health.interval(), "health", problem.orElse(inARow + " of " + health.successes()));
            }
        }
    }

    private HealthReport unhealthy(String last, Duration taken, Services services) {
        String reason = last.isEmpty()
                ? "only good answers, and the deadline leaves no time for "
                        + step.layout().target().health().successes()
                : last;
        return new HealthReport.Unhealthy(reason + " (after " + Quantities.time(taken) + "; service "
                + step.layout().service(colour) + " is "
                + services.state(colour).words() + ", see "
                + step.layout().readItsLog(colour) + ")");
    }
}
