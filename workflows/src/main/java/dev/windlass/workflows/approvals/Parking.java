package dev.windlass.workflows.approvals;

import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What happens to a step that failed for good where giving up would leave things half done: a person decides. */
public final class Parking {
    /**
     * The name among a question's facts under which stands what skip means there, where it means more than to go on
     * without the step.
     */
    public static final String SKIP = "skip";

    private final Plan plan;
    private final Timeline timeline;
    private final EnvironmentName environment;

    public Parking(Plan plan, Timeline timeline, EnvironmentName environment) {
        this.plan = plan;
        this.timeline = timeline;
        this.environment = environment;
    }

    /**
     * Another way than the step itself.
     *
     * @param after only such a failure is worth a person's decision; any other is thrown at once
     * @param words what skip means then: {@code go on by plain Docker commands}
     */
    public record Detour(FailureType after, String words) {}

    /**
     * Does the work; each time it fails for good the run waits, with its lock, for retry, skip or abort.
     *
     * @return nothing when a person decided to skip it
     * @throws TemporalFailure the failure itself, when a person decided to abort, nobody answered in time, or there is
     *     nobody to ask
     */
    public <T> Optional<T> during(Step step, String doing, Supplier<T> work) {
        return during(step, doing, Optional.empty(), work);
    }

    /**
     * The same with another way to go on.
     *
     * @return nothing when a person decided to take the detour
     */
    public <T> Optional<T> during(Step step, String doing, Detour detour, Supplier<T> work) {
        return during(step, doing, Optional.of(detour), work);
    }

    private <T> Optional<T> during(Step step, String doing, Optional<Detour> detour, Supplier<T> work) {
        for (int parked = 1; ; parked++) {
            try {
                return Optional.of(work.get());
            } catch (TemporalFailure failed) {
                if (CancellationScope.current().isCancelRequested()
                        || detour.filter(offered -> !isOf(offered.after(), failed))
                                .isPresent()) {
                    throw failed;
                }
                TreeMap<String, String> facts = facts(step, parked, failed);
                detour.ifPresent(offered -> facts.put(SKIP, offered.words()));
                switch (ask(doing, facts, failed)) {
                    case RETRY -> timeline.remark(step.id(), "tried again, as a person decided");
                    case SKIP -> {
                        timeline.remark(step.id(), "skipped, as a person decided" + asWhat(detour));
                        return Optional.empty();
                    }
                    case ABORT, APPROVE, REJECT, BREAK_GLASS, CLOSE -> throw failed;
                }
            }
        }
    }

    private static boolean isOf(FailureType type, TemporalFailure failed) {
        return Failure.in(failed).filter(failure -> failure.type() == type).isPresent();
    }

    private static String asWhat(Optional<Detour> detour) {
        return detour.map(offered -> ": " + offered.words()).orElse("");
    }

    private Verdict ask(String doing, SortedMap<String, String> facts, TemporalFailure failed) {
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
                facts,
                plan.steps().stream().map(Step::title).toList(),
                policy.get());
        timeline.waitFor(
                "parked: " + doing + " failed. Decide: `windlass resume " + question.id() + " --retry`, `--skip`"
                        + Optional.ofNullable(facts.get(SKIP))
                                .map(words -> " (" + words + ")")
                                .orElse("") + " or `--abort`");
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
