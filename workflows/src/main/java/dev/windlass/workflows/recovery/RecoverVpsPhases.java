package dev.windlass.workflows.recovery;

import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.recovery.RecoverVpsPhase.State;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The steps of a recovery, how they stand and how long they took; shown in the run's details as well. */
final class RecoverVpsPhases {
    private Map<StepId, RecoverVpsPhase> phases = new LinkedHashMap<>();

    /** Of another set: what is done of the same steps stays done. */
    void follow(Plan plan) {
        Map<StepId, RecoverVpsPhase> next = new LinkedHashMap<>();
        for (Step step : plan.steps()) {
            RecoverVpsPhase known = phases.get(step.id());
            next.put(
                    step.id(),
                    known != null && known.state() == State.DONE
                            ? known
                            : new RecoverVpsPhase(
                                    step.id().value(),
                                    step.title(),
                                    State.WAITING,
                                    Optional.empty(),
                                    Optional.empty()));
        }
        phases = next;
        show();
    }

    List<RecoverVpsPhase> all() {
        return List.copyOf(phases.values());
    }

    <T> T during(StepId step, Supplier<T> work) {
        Instant began = now();
        set(step, State.RUNNING, began, Optional.empty());
        try {
            T result = work.get();
            set(step, State.DONE, began, Optional.of(Duration.between(began, now())));
            return result;
        } catch (RuntimeException failed) {
            set(step, State.FAILED, began, Optional.of(Duration.between(began, now())));
            throw failed;
        }
    }

    private void set(StepId step, State state, Instant began, Optional<Duration> took) {
        RecoverVpsPhase phase = phases.get(step);
        if (phase != null) {
            phases.put(step, new RecoverVpsPhase(phase.name(), phase.title(), state, Optional.of(began), took));
            show();
        }
    }

    private void show() {
        StringBuilder markdown = new StringBuilder("**recover vps**\n\n");
        phases.values()
                .forEach(phase -> markdown.append("- ")
                        .append(mark(phase.state()))
                        .append(' ')
                        .append(phase.title())
                        .append(phase.took()
                                .map(took -> ": " + took.toSeconds() + " s")
                                .orElse(""))
                        .append('\n'));
        Workflow.setCurrentDetails(markdown.toString());
    }

    private static String mark(State state) {
        return switch (state) {
            case WAITING -> "·";
            case RUNNING -> "▶";
            case DONE -> "✔";
            case FAILED -> "✘";
        };
    }

    static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }
}
