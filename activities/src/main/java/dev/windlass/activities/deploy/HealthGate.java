package dev.windlass.activities.deploy;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Target.Health;
import dev.windlass.workflows.deploy.HealthReport;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Quantities;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks until a version was healthy several times in a row, or the deadline is over. */
public final class HealthGate {
    private final Health health;
    private final String base;
    private final Optional<String> version;
    private final List<Effect> effects;
    private final Supplier<String> state;
    private boolean isQuoting = true;

    /**
     * @param base where the version is asked, {@code http://127.0.0.1:4101}
     * @param effects of the step or of its undo: what looking asks
     * @param state of what runs, in words, for somebody who looks for the reason
     */
    HealthGate(Health health, String base, Version version, List<Effect> effects, Supplier<String> state) {
        this(health, base, Optional.of(version.value()), effects, state);
    }

    /** @param version empty means that any will do */
    public HealthGate(
            Health health, String base, Optional<String> version, List<Effect> effects, Supplier<String> state) {
        this.health = health;
        this.base = base;
        this.version = version;
        this.effects = effects;
        this.state = state;
    }

    /** What the application answers may hold values of rows: nothing of it is told. */
    public HealthGate withoutQuotes() {
        isQuoting = false;
        return this;
    }

    HealthReport wait(DeployStep step) {
        return wait(step.context(), step);
    }

    public HealthReport wait(StepContext context) {
        return wait(context, new Pauses(context, context.token().step())::pause);
    }

    HealthReport wait(StepContext context, Waiting waiting) {
        long begun = System.nanoTime();
        int inARow = 0;
        String last = "";
        try (Web web = new Web()) {
            HealthLook look = new HealthLook(web, health, base, version);
            if (!isQuoting) {
                look.withoutQuotes();
            }
            while (true) {
                effects.stream().filter(Effect.HttpCall.class::isInstance).forEach(context::begun);
                Optional<String> problem = look.problem();
                inARow = problem.isEmpty() ? inARow + 1 : 0;
                last = problem.orElse(last);
                Duration taken = Duration.ofNanos(System.nanoTime() - begun);
                if (inARow >= health.successes()) {
                    return new HealthReport.Healthy(
                            Quantities.plural(inARow, "good answer") + " in a row after " + Quantities.time(taken));
                }
                if (taken.plus(health.interval()).compareTo(health.deadline()) > 0) {
                    return unhealthy(last, taken);
                }
                waiting.pause(health.interval(), "health", problem.orElse(inARow + " of " + health.successes()));
            }
        }
    }

    private HealthReport unhealthy(String last, Duration taken) {
        String reason =
                last.isEmpty() ? "only good answers, and the deadline leaves no time for " + health.successes() : last;
        return new HealthReport.Unhealthy(reason + " (after " + Quantities.time(taken) + "; " + state.get() + ")");
    }
}
