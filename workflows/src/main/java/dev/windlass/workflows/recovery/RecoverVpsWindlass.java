package dev.windlass.workflows.recovery;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import io.temporal.failure.TemporalFailure;
import java.util.Optional;
import java.util.function.Consumer;

/** Windlass itself, on a machine whose data is back and whose apps serve: what is missing there is told, and ends nothing. */
final class RecoverVpsWindlass {
    private final RecoverVpsPlan plan;
    private final RecoverVpsRequest request;
    private final RecoverVpsPhases phases;

    RecoverVpsWindlass(RecoverVpsPlan plan, RecoverVpsRequest request, RecoverVpsPhases phases) {
        this.plan = plan;
        this.request = request;
        this.phases = phases;
    }

    /** @return why it does not run; empty where it does */
    Optional<String> install() {
        try {
            run(
                    RecoverVpsSteps.TEMPORAL,
                    step -> VpsStubs.sending(step.title()).sendKit(new LinkOrder(step, request.target())));
            run(RecoverVpsSteps.WINDLASS, step -> VpsStubs.app(step.title()).installWindlass(order(step)));
            run(RecoverVpsSteps.WORKER, step -> VpsStubs.app(step.title()).startWorker(order(step)));
            return Optional.empty();
        } catch (TemporalFailure failed) {
            String hint = Failure.in(failed).map(why -> "; " + why.hint()).orElse("");
            return Optional.of("Windlass: " + WhyNot.words(failed) + hint);
        }
    }

    private void run(StepId id, Consumer<Step> work) {
        Step step = plan.plan().step(id);
        phases.during(id, () -> {
            work.accept(step);
            return step;
        });
    }

    private PlaceOrder order(Step step) {
        return new PlaceOrder(step, plan.manifest(), request.bucket(), plan.cluster());
    }
}
