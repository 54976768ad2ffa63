package dev.windlass.activities.deploy;

import dev.windlass.activities.deploy.SwarmState.Verdict;
import dev.windlass.runbooks.config.Target.Health;
import dev.windlass.runbooks.config.Target.Update;
import dev.windlass.workflows.deploy.DeploySteps;
import dev.windlass.workflows.deploy.HealthReport;
import dev.windlass.workflows.deploy.HealthReport.Healthy;
import dev.windlass.workflows.deploy.HealthReport.Unhealthy;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.kernel.StepId;
import java.time.Duration;
import java.util.List;

/** For an app that is a service of Docker Swarm, whoever gives it its image. */
final class ServiceSteps implements TargetSteps {
    /** Of an undo: below the quarter of an hour that a step has. */
    private static final Duration LONGEST_WAY_BACK = Duration.ofMinutes(10);

    private static final Duration LEAST_WAY_BACK = Duration.ofMinutes(2);

    private final ServiceStep step;
    private final DokployPatience.Timing patience;
    private final ServiceConvergence swarm;

    ServiceSteps(ServiceStep step, DokployPatience.Timing patience) {
        this.step = step;
        this.patience = patience;
        this.swarm = new ServiceConvergence(step);
    }

    // Twice: writes the same record and pulls by digest what docker then has already.
    @Override
    public void prepare() {
        new ServicePreparation(fenced()).prepare();
    }

    // Twice: the update is asked for once, as its kind says; what docker runs bears no mark of the step, so the fence
    // ends no more than the command that asked for it.
    @Override
    public void start() {
        fenced();
        new ServiceGuard(step).requireReady();
        update().update(step.image());
    }

    // Twice: only looks.
    @Override
    public HealthReport checkHealth() {
        return health(step.order().release(), step.step().effects());
    }

    // Twice: there is nothing to do.
    @Override
    public void switchTraffic() {}

    // Twice: only looks, until the old tasks have ended.
    @Override
    public String drain() {
        return new ServiceDraining(step).drain();
    }

    // Twice: only looks, from its beginning.
    @Override
    public HealthReport watch() {
        return new ServiceWatch(step, swarm).watch();
    }

    // Twice: finds images gone and writes the same record.
    @Override
    public void retire() {
        new ServiceRetirement(fenced()).retire();
    }

    // Twice: finds the service back, or on its way.
    @Override
    public void undo() {
        fenced();
        StepId id = step.step().id();
        if (id.equals(DeploySteps.START) || id.equals(DeploySteps.START_BY_DOCKER)) {
            Release before = step.before();
            update().undo(step.image(before));
            switch (swarm.wait(step.image(before), wayBack())) {
                case Verdict.Serving serving -> {}
                case Verdict.Underway underway ->
                    throw ServiceFailures.notBack(step.layout(), before, underway.words());
                case Verdict.Failed failed -> throw ServiceFailures.notBack(step.layout(), before, failed.fact());
            }
        }
    }

    // Twice: only looks.
    @Override
    public HealthReport checkServing() {
        return health(step.before(), step.step().undo());
    }

    /** Swarm first: while two tasks run, an answer says nothing of the one that stays. */
    private HealthReport health(Release release, List<Effect> effects) {
        long begun = System.nanoTime();
        Health health = step.layout().target().health();
        String service = "service " + step.layout().target().service();
        return switch (swarm.wait(step.image(release), health.deadline())) {
            case Verdict.Failed failed -> new Unhealthy(service + ": " + failed.fact());
            case Verdict.Underway underway ->
                new Unhealthy(service + " does not run " + release.version() + " after "
                        + Quantities.time(Duration.ofNanos(System.nanoTime() - begun)) + ": " + underway.words());
            case Verdict.Serving serving -> answers(release, effects, health, begun, serving.words());
        };
    }

    private HealthReport answers(Release release, List<Effect> effects, Health health, long begun, String running) {
        Duration left = health.deadline().minusNanos(System.nanoTime() - begun);
        HealthReport report = new HealthGate(
                        within(left, health),
                        step.layout().target().address(),
                        release.version(),
                        effects,
                        () -> state(release))
                .wait(step);
        // Swarm may have gone back meanwhile, to a version that answers as well.
        return switch (report) {
            case Unhealthy unhealthy -> unhealthy;
            case Healthy healthy ->
                switch (swarm.now(step.image(release))) {
                    case Verdict.Serving serving -> new Healthy(running + "; " + healthy.words());
                    case Verdict.Underway underway -> new Unhealthy(underway.words());
                    case Verdict.Failed failed -> new Unhealthy(failed.fact());
                };
        };
    }

    private static Health within(Duration left, Health health) {
        return new Health(
                health.path(),
                health.status(),
                health.body(),
                health.versionPath(),
                health.successes(),
                health.interval(),
                left.isNegative() ? Duration.ZERO : left);
    }

    private String state(Release release) {
        String words = switch (swarm.now(step.image(release))) {
            case Verdict.Serving serving -> serving.words();
            case Verdict.Underway underway -> underway.words();
            case Verdict.Failed failed -> failed.fact();
        };
        return words + "; see docker service logs " + step.layout().target().service();
    }

    private Duration wayBack() {
        Duration deadline = step.layout().target().health().deadline();
        return deadline.compareTo(LONGEST_WAY_BACK) > 0
                ? LONGEST_WAY_BACK
                : deadline.compareTo(LEAST_WAY_BACK) < 0 ? LEAST_WAY_BACK : deadline;
    }

    private ServiceUpdate update() {
        if (step.step().id().equals(DeploySteps.START_BY_DOCKER)) {
            return new DockerUpdate(step);
        }
        return switch (step.layout().target().update()) {
            case Update.Docker docker -> new DockerUpdate(step);
            case Update.Dokploy dokploy ->
                new ByDokploy(step, dokploy, service -> step.look().swarm(), patience);
        };
    }

    private ServiceStep fenced() {
        step.shell().fence(step.context());
        return step;
    }
}
