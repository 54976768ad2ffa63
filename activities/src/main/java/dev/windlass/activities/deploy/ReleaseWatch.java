package dev.windlass.activities.deploy;

import dev.windlass.runbooks.config.Target.Watch;
import dev.windlass.runbooks.deploy.Colour;
import dev.windlass.workflows.deploy.HealthReport;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Quantities;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Looks at the new version in real use, from the switch on: what the access log says of it, and its health. */
final class ReleaseWatch {
    /** For requests that the old workers of nginx had taken when it was reloaded. */
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private final ProcessStep step;
    private final Watch watch;
    private final Colour colour;
    private final Path log;

    ReleaseWatch(ProcessStep step) {
        this.step = step;
        this.watch = step.layout().target().watch();
        this.colour = step.colour();
        this.log = Path.of(step.layout().target().nginx().log());
    }

    HealthReport watch() {
        Instant switched = step.state().switchedAt();
        Traffic traffic = Traffic.to(address(colour), address(colour.other()), switched.plus(SETTLING));
        step.context().begun(step.command("tail", ""));
        try (Web web = new Web();
                AccessLog lines = AccessLog.open(log, switched)) {
            HealthLook look = new HealthLook(
                    web,
                    step.layout().target().health(),
                    step.layout().url(colour, ""),
                    step.order().release().version());
            return follow(lines, traffic, look, switched);
        } catch (IOException unreadable) {
            throw DeployFailures.logUnusable(
                    step.layout(), "cannot be read: " + unreadable.getClass().getSimpleName());
        }
    }

    private HealthReport follow(AccessLog lines, Traffic traffic, HealthLook look, Instant switched)
            throws IOException {
        var health = step.layout().target().health();
        int looks = 0;
        int badInARow = 0;
        while (true) {
            lines.read(traffic::count);
            step.step().effects().stream()
                    .filter(Effect.HttpCall.class::isInstance)
                    .forEach(step.context()::begun);
            Optional<String> problem = look.problem();
            looks++;
            badInARow = problem.isEmpty() ? 0 : badInARow + 1;
            if (problem.isPresent() && badInARow >= health.successes()) {
                return new HealthReport.Unhealthy(
                        Quantities.plural(badInARow, "bad answer") + " in a row, the last: " + problem.get());
            }
            Optional<String> broken = errorsAreTooMany(traffic);
            if (broken.isPresent()) {
                return new HealthReport.Unhealthy(broken.get());
            }
            Duration watched = Duration.between(switched, step.clock().instant());
            if (watched.compareTo(watch.time()) >= 0 && badInARow == 0) {
                return judge(traffic, looks);
            }
            step.pause(health.interval(), "watch", traffic.words());
        }
    }

    private Optional<String> errorsAreTooMany(Traffic traffic) {
        boolean says = traffic.requests() >= watch.leastRequests();
        return says && traffic.errorShare() > watch.errors()
                ? Optional.of(traffic.words() + "; at most " + Traffic.percent(watch.errors()) + " may fail")
                : Optional.empty();
    }

    private HealthReport judge(Traffic traffic, int looks) {
        if (traffic.requests() == 0 && traffic.astray() > 0) {
            return new HealthReport.Unhealthy(Quantities.plural(traffic.astray(), "request")
                    + " went to the old version at " + address(colour.other()) + " after the switch, and none to "
                    + address(colour) + ": nginx does not read "
                    + step.layout().target().nginx().upstreamFile());
        }
        if (traffic.requests() < watch.leastRequests()) {
            return new HealthReport.Healthy(
                    Quantities.plural(traffic.requests(), "request") + ", fewer than the " + watch.leastRequests()
                            + " that say something: judged by its health alone, good at the end of "
                            + Quantities.plural(looks, "look"));
        }
        if (traffic.p95().compareTo(watch.p95()) > 0) {
            return new HealthReport.Unhealthy(
                    traffic.words() + "; p95 may be at most " + watch.p95().toMillis() + " ms");
        }
        return new HealthReport.Healthy(traffic.words());
    }

    private String address(Colour of) {
        return "127.0.0.1:" + step.layout().port(of);
    }
}
