package dev.windlass.workflows.deploy;

import dev.windlass.workflows.approvals.Parking;
import dev.windlass.workflows.deploy.HealthReport.Healthy;
import dev.windlass.workflows.deploy.HealthReport.Unhealthy;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.kernel.Timeline;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** The steps of one deploy, and the way back. The lock is held and the plan is the one that was approved. */
final class DeployRun {
    private static final Parking.Detour BY_DOCKER =
            new Parking.Detour(FailureType.TARGET_UNAVAILABLE, "go on by plain Docker commands");

    private final DeployRequest request;
    private final DeployPlan plan;
    private final Timeline timeline;
    private final Parking parking;
    private final Deque<Step> begun = new ArrayDeque<>();
    private final long since = Workflow.currentTimeMillis();

    DeployRun(DeployRequest request, DeployPlan plan, Timeline timeline) {
        this.request = request;
        this.plan = plan;
        this.timeline = timeline;
        this.parking = new Parking(plan.plan(), timeline, request.environment());
    }

    /** Whoever deploys an app to an environment holds it, and so does whoever migrates its database. */
    static String lock(DeployRequest request) {
        return "deploy/" + request.app() + "/" + request.environment();
    }

    void prepare() {
        change(DeploySteps.PREPARE, DeployActivities::prepare);
    }

    /** From its start to the end of its watch. */
    void bringIntoService() {
        startBesideTheOld();
        requireHealthy();
        switchTraffic();
        drainTheOld();
        watch();
    }

    /** Where another program starts it and is away, a person may let plain Docker commands do it in its place. */
    private void startBesideTheOld() {
        if (!plan.plan().hasStep(DeploySteps.START_BY_DOCKER)) {
            change(DeploySteps.START, DeployActivities::start);
            return;
        }
        Step step = step(DeploySteps.START);
        begun.push(step);
        boolean isStarted = parking.during(
                        step,
                        step.title(),
                        BY_DOCKER,
                        () -> timeline.during(step.id(), () -> {
                            DeployStubs.changing(step).start(order(step));
                            return true;
                        }))
                .isPresent();
        if (isStarted) {
            timeline.remark(DeploySteps.START_BY_DOCKER, "not needed");
        } else {
            change(DeploySteps.START_BY_DOCKER, DeployActivities::start);
        }
    }

    private void requireHealthy() {
        require(DeploySteps.HEALTH, DeployActivities::checkHealth);
    }

    private void switchTraffic() {
        change(DeploySteps.SWITCH, DeployActivities::switchTraffic);
    }

    private void drainTheOld() {
        Step step = step(DeploySteps.DRAIN);
        String words =
                timeline.during(step.id(), () -> DeployStubs.looking(step).drain(order(step)));
        timeline.remark(step.id(), words);
    }

    private void watch() {
        require(DeploySteps.WATCH, DeployActivities::watch);
    }

    /** The new version serves and is good; that the old one cannot be stopped is no reason to go back. */
    void retireTheOld() {
        Step step = step(DeploySteps.RETIRE);
        Workflow.newDetachedCancellationScope(() -> parking.during(
                        step,
                        step.title(),
                        () -> timeline.during(step.id(), () -> {
                            DeployStubs.changing(step).retire(order(step));
                            return true;
                        })))
                .run();
    }

    /** In reverse, and to the end: also when the run was cancelled. Afterwards what served before is looked at. */
    void goBack() {
        Workflow.newDetachedCancellationScope(() -> {
                    while (!begun.isEmpty()) {
                        Step step = begun.pop();
                        parking.during(step, "undoing: " + step.title(), () -> {
                            DeployStubs.undoing(step).undo(order(step));
                            return true;
                        });
                        timeline.remark(step.id(), "undone");
                    }
                    plan.before().ifPresent(this::requireServing);
                })
                .run();
    }

    private void requireServing(Release before) {
        Step step = step(DeploySteps.SWITCH);
        parking.during(step, "looking at version " + before.version() + " after the way back", () -> {
            // The step's own title would read as if traffic had been turned to the new version.
            HealthReport report = DeployStubs.looking("see that " + before.version() + " serves and is healthy")
                    .checkServing(order(step));
            return switch (report) {
                case Healthy healthy -> healthy.words();
                case Unhealthy unhealthy ->
                    throw new Failure(
                                    FailureType.PRECONDITION,
                                    "version " + before.version() + " of " + request.app() + " "
                                            + request.environment() + " serves again and is not healthy: "
                                            + unhealthy.reason(),
                                    "look at the app's log; when it is well again, windlass resume with --retry",
                                    "deploy.md#old-version-not-healthy")
                            .asException();
            };
        });
    }

    private void change(StepId id, Change change) {
        Step step = step(id);
        begun.push(step);
        timeline.during(id, () -> {
            change.make(DeployStubs.changing(step), order(step));
            return true;
        });
    }

    private void require(StepId id, Look look) {
        Step step = step(id);
        timeline.during(id, () -> switch (look.at(DeployStubs.looking(step), order(step))) {
            case Healthy healthy -> {
                timeline.remark(id, healthy.words());
                yield true;
            }
            case Unhealthy unhealthy -> {
                timeline.remark(id, unhealthy.reason());
                throw new NotKeptException(unhealthy.reason());
            }
        });
    }

    /** Why a deploy goes back, from whatever stopped it. */
    static String reason(RuntimeException stopped) {
        if (CancellationScope.current().isCancelRequested()) {
            return "the run was cancelled";
        }
        return switch (stopped) {
            case NotKeptException notKept -> notKept.reason();
            case TemporalFailure failed ->
                Failure.in(failed)
                        .map(failure -> failure.fact() + " (hint: " + failure.hint() + ")")
                        .orElseGet(() -> Failure.messageOf(failed));
            default -> throw stopped;
        };
    }

    /** Without the wait for people and for the lock. */
    Duration took() {
        return Duration.ofMillis(Workflow.currentTimeMillis() - since);
    }

    private Step step(StepId id) {
        return plan.plan().step(id);
    }

    private DeployOrder order(Step step) {
        return new DeployOrder(
                step, request.app(), request.environment(), plan.release(), plan.before(), plan.applied());
    }

    @FunctionalInterface
    private interface Change {
        void make(DeployActivities activities, DeployOrder order);
    }

    @FunctionalInterface
    private interface Look {
        HealthReport at(DeployActivities activities, DeployOrder order);
    }

    /** The new version is not good enough; not a breakage, so it never leaves the workflow. */
    static final class NotKeptException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String reason;

        NotKeptException(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }
}
