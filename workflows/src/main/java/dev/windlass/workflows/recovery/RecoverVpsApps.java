package dev.windlass.workflows.recovery;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import io.temporal.failure.TemporalFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * nginx and the apps, on a machine whose data is back. One that does not serve keeps no other from serving, and nothing of
 * what was recovered is taken back for it: it is told, with the words that bring it.
 */
final class RecoverVpsApps {
    private final RecoverVpsPlan plan;
    private final RecoveryBucket bucket;
    private final RecoverVpsPhases phases;
    private final List<LostApp> serving = new ArrayList<>();
    private final Set<LostApp> unasked = new HashSet<>();
    private final List<String> silent = new ArrayList<>();

    RecoverVpsApps(RecoverVpsPlan plan, RecoveryBucket bucket, RecoverVpsPhases phases) {
        this.plan = plan;
        this.bucket = bucket;
        this.phases = phases;
    }

    void serve() {
        boolean hasNginx = !plan.plan().hasStep(RecoverVpsSteps.NGINX)
                || attempt(
                        "nginx",
                        () -> run(
                                RecoverVpsSteps.NGINX,
                                step -> VpsStubs.app(step.title()).startNginx(order(step))));
        for (LostApp app : plan.apps()) {
            if (!hasNginx) {
                silent.add(app.words() + ": it was not started, for nginx does not run; then: " + app.deployment());
            } else if (attempt(app.words(), () -> serve(app))) {
                serving.add(app);
            }
        }
    }

    private void serve(LostApp app) {
        for (StepId id : RecoverVpsSteps.of(app)) {
            run(id, step -> {
                String seen = VpsStubs.app(step.title()).carryOut(new AppOrder(order(step), app));
                if (seen.equals(VpsAppActivities.NOT_ASKED)) {
                    unasked.add(app);
                }
            });
        }
    }

    private boolean attempt(String what, Runnable work) {
        try {
            work.run();
            return true;
        } catch (TemporalFailure failed) {
            String words = WhyNot.words(failed);
            String hint = Failure.in(failed).map(why -> "; " + why.hint()).orElse("");
            silent.add((words.startsWith(what) ? words : what + ": " + words) + hint);
            return false;
        }
    }

    List<LostApp> serving() {
        return serving;
    }

    /** What serves, in which version; a line each. */
    List<String> words() {
        return serving.stream()
                .map(app -> app.words() + ": " + app.release().version()
                        + (unasked.contains(app) ? "; " + VpsAppActivities.NOT_ASKED : ""))
                .toList();
    }

    /** What does not serve, and why; a line each. */
    List<String> silent() {
        return silent;
    }

    private void run(StepId id, Consumer<Step> work) {
        Step step = plan.plan().step(id);
        phases.during(id, () -> {
            work.accept(step);
            return step;
        });
    }

    private PlaceOrder order(Step step) {
        return new PlaceOrder(step, plan.manifest(), bucket, plan.cluster());
    }
}
