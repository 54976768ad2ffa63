package dev.windlass.workflows.approvals;

import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.TaskQueues;
import dev.windlass.workflows.kernel.Timeline;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What happens to a step that failed for good where giving up would leave things half done: a person decides. */
public final class Parking {
    private final Plan plan;
    private final Timeline timeline;
    private final EnvironmentName environment;

    public Parking(Plan plan, Timeline timeline, EnvironmentName environment) {
        this.plan = plan;
        this.timeline = timeline;
        this.environment = environment;
    }

    /**
     * Does the work; each time it fails for good the run waits, with its lock, for retry, skip or abort.
     *
     * @return nothing when a person decided to skip it
     * @throws TemporalFailure the failure itself, when a person decided to abort, nobody answered in time, or there is
     *     nobody to ask
     */
    public <T> Optional<T> during(Step step, String doing, Supplier<T> work) {
        for (int parked = 1; ; parked++) {
            try {
                return Optional.of(work.get());
            } catch (TemporalFailure failed) {
                if (CancellationScope.current().isCancelRequested()) {
                    throw failed;
                }
                switch (ask(step, doing, parked, failed)) {
                    case RETRY -> timeline.remark(step.id(), "tried again, as a person decided");
                    case SKIP -> {
                        timeline.remark(step.id(), "skipped, as a person decided");
                        return Optional.empty();
                    }
                    case ABORT, APPROVE, REJECT, BREAK_GLASS, CLOSE -> throw failed;
                }
            }
        }
    }

    private Verdict ask(Step step, String doing, int parked, TemporalFailure failed) {
        Optional<ApprovalPolicy> policy = whoMayResume();
        if (policy.isEmpty()) {
            return Verdict.ABORT;
        }
        WorkflowInfo run = Workflow.getInfo();
        Question question = new Question(
                Questions.id("park"),
                QuestionKind.PARKED_STEP,
                plan.runbook(),
                run.getWorkflowId(),
                run.getRunId(),
                Optional.empty(),
                "the run itself",
                shortened(doing + " failed: " + fact(failed)),
                plan.digest(),
                facts(step, parked, failed),
                plan.steps().stream().map(Step::title).toList(),
                policy.get());
        timeline.waitFor("parked: " + doing + " failed. Decide: `windlass resume " + question.id()
                + " --retry`, `--skip` or `--abort`");
        try {
            Closing closing = Questions.ask(question);
            return closing.view().state() == QuestionState.ANSWERED
                    ? closing.last().map(Answer.Accepted::verdict).orElse(Verdict.ABORT)
                    : Verdict.ABORT;
        } finally {
            timeline.goOn();
        }
    }

    private static Map<String, String> failureFacts(TemporalFailure failed) {
        return Failure.in(failed)
                .<Map<String, String>>map(failure ->
                        Map.of("fact", failure.fact(), "hint", failure.hint(), "page", "runbooks/" + failure.anchor()))
                .orElseGet(() -> Map.of("fact", Failure.messageOf(failed)));
    }

    private static TreeMap<String, String> facts(Step step, int parked, TemporalFailure failed) {
        TreeMap<String, String> facts = new TreeMap<>(failureFacts(failed));
        facts.put("step", step.id().value());
        facts.put("parked", parked + (parked == 1 ? " time" : " times"));
        return facts;
    }

    private static String fact(TemporalFailure failed) {
        return Failure.in(failed).map(Failure::fact).orElseGet(() -> Failure.messageOf(failed));
    }

    private static String shortened(String text) {
        String line = text.lines().findFirst().orElse(text);
        return line.length() > 200 ? line.substring(0, 199) + "…" : line;
    }

    /** Reading a file; a worker that restarts gets time. */
    private Optional<ApprovalPolicy> whoMayResume() {
        return Workflow.newActivityStub(
                        ApprovalPlanningActivities.class,
                        ActivityOptions.newBuilder()
                                .setTaskQueue(TaskQueues.PLANNING)
                                .setStartToCloseTimeout(Duration.ofMinutes(1))
                                .setRetryOptions(RetryOptions.newBuilder()
                                        .setMaximumInterval(Duration.ofMinutes(1))
                                        .build())
                                .setSummary("find who may decide")
                                .build())
                .whoMayResume(environment);
    }
}
