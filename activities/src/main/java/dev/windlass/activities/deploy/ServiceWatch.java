package dev.windlass.activities.deploy;

import dev.windlass.activities.deploy.SwarmState.Verdict;
import dev.windlass.runbooks.config.Target.Health;
import dev.windlass.runbooks.config.Target.Watch;
import dev.windlass.workflows.deploy.HealthReport;
import dev.windlass.workflows.deploy.HealthReport.Healthy;
import dev.windlass.workflows.deploy.HealthReport.Unhealthy;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Quantities;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at the new version in use, when the old one has ended: by requests of Windlass's own, by the access log where
 * there is one, and at Swarm, which may still go back.
 */
final class ServiceWatch {
    private final ServiceStep step;
    private final ServiceConvergence swarm;
    private final Health health;
    private final Watch limits;
    private final Traffic own = Traffic.all();
    private final Traffic logged = Traffic.all();
    private final List<Duration> times = new ArrayList<>();
    private int badInARow;

    ServiceWatch(ServiceStep step, ServiceConvergence swarm) {
        this.step = step;
        this.swarm = swarm;
        this.health = step.layout().target().health();
        this.limits = step.layout().target().watch();
    }

    HealthReport watch() {
        Instant since = step.clock().instant();
        Optional<String> log = step.layout().target().accessLog();
        try {
            return log.isPresent() ? followWithLog(since, Path.of(log.get())) : follow(since, () -> {});
        } catch (IOException unreadable) {
            throw ServiceFailures.logUnusable(
                    log.orElse(""), "cannot be read: " + unreadable.getClass().getSimpleName());
        }
    }

    private HealthReport followWithLog(Instant since, Path log) throws IOException {
        step.context().begun(step.command("tail", ""));
        try (AccessLog lines = AccessLog.open(log, since)) {
            return follow(since, () -> lines.read(logged::count));
        }
    }

    @FunctionalInterface
    private interface Reading {
        void read() throws IOException;
    }

    private HealthReport follow(Instant since, Reading log) throws IOException {
        try (Web web = new Web(times::add)) {
            HealthLook look = new HealthLook(
                    web,
                    health,
                    step.layout().target().address(),
                    step.order().release().version());
            while (true) {
                log.read();
                Optional<String> problem = problem(look);
                badInARow = problem.isEmpty() ? 0 : badInARow + 1;
                Optional<String> broken = problem.flatMap(this::isTooOften)
                        .or(() -> errorsAreTooMany(own, "Windlass's own requests: "))
                        .or(() -> errorsAreTooMany(logged, "the access log: "))
                        .or(this::isTakenBack);
                if (broken.isPresent()) {
                    return new Unhealthy(broken.get());
                }
                if (Duration.between(since, step.clock().instant()).compareTo(limits.time()) >= 0 && badInARow == 0) {
                    return judge();
                }
                step.pause(health.interval(), "watch", words());
            }
        }
    }

    private Optional<String> problem(HealthLook look) {
        step.step().effects().stream().filter(Effect.HttpCall.class::isInstance).forEach(step.context()::begun);
        times.clear();
        Optional<String> problem = look.problem();
        // Looking ends with the first question that is answered badly.
        for (int each = 0; each < times.size(); each++) {
            if (problem.isPresent() && each == times.size() - 1) {
                own.countFailed(times.get(each));
            } else {
                own.countGood(times.get(each));
            }
        }
        return problem;
    }

    private Optional<String> isTooOften(String problem) {
        return badInARow < health.successes()
                ? Optional.empty()
                : Optional.of(Quantities.plural(badInARow, "bad answer") + " in a row, the last: " + problem);
    }

    private Optional<String> errorsAreTooMany(Traffic traffic, String whose) {
        return saysSomething(traffic) && traffic.errorShare() > limits.errors()
                ? Optional.of(whose + traffic.words() + "; at most " + Traffic.percent(limits.errors()) + " may fail")
                : Optional.empty();
    }

    /** A task that starts anew answers badly or not at all, so that alone is for the answers to say. */
    private Optional<String> isTakenBack() {
        return switch (swarm.now(step.image())) {
            case Verdict.Failed failed -> Optional.of(failed.fact());
            case Verdict.Serving serving -> Optional.empty();
            case Verdict.Underway underway -> Optional.empty();
        };
    }

    private HealthReport judge() {
        if (swarm.now(step.image()) instanceof Verdict.Underway underway) {
            return new Unhealthy("at the end of the watch " + underway.words());
        }
        return slow(own, "Windlass's own requests: ")
                .or(() -> slow(logged, "the access log: "))
                .<HealthReport>map(Unhealthy::new)
                .orElseGet(() -> new Healthy(words()));
    }

    private Optional<String> slow(Traffic traffic, String whose) {
        return saysSomething(traffic) && traffic.p95().compareTo(limits.p95()) > 0
                ? Optional.of(whose + traffic.words() + "; p95 may be at most "
                        + limits.p95().toMillis() + " ms")
                : Optional.empty();
    }

    private boolean saysSomething(Traffic traffic) {
        return traffic.requests() >= limits.leastRequests();
    }

    private String words() {
        return "own: " + own.words()
                + (step.layout().target().accessLog().isPresent() ? "; access log: " + logged.words() : "");
    }
}
