package dev.windlass.workflows.kernel;

import io.temporal.workflow.Workflow;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The steps of a run and how they stand, kept in the run's current details (Markdown) so that the Temporal UI reads like
 * the page, and in the search attribute {@code WindlassStage}.
 */
public final class Timeline {
    private enum State {
        WAITING("·"),
        RUNNING("▶"),
        DONE("✔"),
        FAILED("✘");

        private final String mark;

        State(String mark) {
            this.mark = mark;
        }
    }

    private final Plan plan;
    private final Map<StepId, State> states = new LinkedHashMap<>();
    private final Map<StepId, String> remarks = new LinkedHashMap<>();
    private String waiting = "";

    public Timeline(Plan plan) {
        this.plan = plan;
        plan.steps().forEach(step -> states.put(step.id(), State.WAITING));
        show();
    }

    /** Runs one step and keeps the timeline true whatever comes of it. */
    public <T> T during(StepId step, Supplier<T> work) {
        begin(step);
        try {
            T result = work.get();
            end(step, State.DONE);
            return result;
        } catch (RuntimeException failed) {
            end(step, State.FAILED);
            throw failed;
        }
    }

    public void remark(StepId step, String words) {
        remarks.put(step, words);
        show();
    }

    /** What the run waits for, in words that tell what to do; Markdown. */
    public void waitFor(String words) {
        waiting = words;
        show();
    }

    public void goOn() {
        waitFor("");
    }

    private void begin(StepId step) {
        states.put(step, State.RUNNING);
        Workflow.upsertTypedSearchAttributes(RunAttributes.STAGE.valueSet(step.value()));
        show();
    }

    private void end(StepId step, State state) {
        states.put(step, state);
        show();
    }

    private void show() {
        StringBuilder markdown = new StringBuilder();
        markdown.append("**")
                .append(plan.runbook())
                .append("** plan `")
                .append(plan.digest().abbreviated())
                .append("`\n\n");
        if (!waiting.isEmpty()) {
            markdown.append("⏸ ").append(waiting).append("\n\n");
        }
        plan.steps().forEach(step -> {
            markdown.append("- ")
                    .append(states.getOrDefault(step.id(), State.WAITING).mark)
                    .append(' ')
                    .append(step.title());
            String remark = remarks.get(step.id());
            if (remark != null) {
                markdown.append(": ").append(remark);
            }
            markdown.append('\n');
        });
        Workflow.setCurrentDetails(markdown.toString());
    }
}
