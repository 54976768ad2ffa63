package dev.windlass.workflows.approvals;

import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.Timeline;
import dev.windlass.workflows.notify.Announcer;
import dev.windlass.workflows.notify.Notice;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * The approval that a run waits for before it changes anything.
 *
 * @param runbook as people call it: {@code deploy}
 * @param subject one line: {@code deploy shop prod 3f2c1ab}
 * @param person whose signature the request carries; none where it carries none
 * @param policy none where the environment asks nobody
 */
public record PlanApproval(
        String runbook,
        String subject,
        EnvironmentName environment,
        Requester requester,
        Optional<PersonName> person,
        Plan plan,
        Optional<ApprovalPolicy> policy) {
    /**
     * @param glassBroken what people are told of who approved alone, and why
     * @return nothing where nobody has to approve
     * @throws io.temporal.failure.ApplicationFailure PRECONDITION: nobody knows whose request it is
     */
    public Optional<Closing> waitFor(Timeline timeline, BiFunction<String, String, Notice> glassBroken) {
        return policy.map(asked -> {
            requireKnownRequester();
            Question question = question(asked);
            timeline.waitFor("waiting for approval by " + asked.words()
                    + ": press Approve in Slack, or `windlass approve " + question.id() + "`");
            Closing closing = Questions.ask(question);
            timeline.goOn();
            tellOfBrokenGlass(closing, glassBroken);
            return closing;
        });
    }

    /** Nobody may approve their own request, so it must be known whose it is. */
    private void requireKnownRequester() {
        if (person.isEmpty()) {
            throw new Failure(
                            FailureType.PRECONDITION,
                            "environment " + environment + " asks for approvals, and the request of "
                                    + requester.label() + " carries no signature",
                            "put your SSH public key into ops.yml under people, then start it again with windlass",
                            "approvals.md#request-signature")
                    .asException();
        }
    }

    private Question question(ApprovalPolicy asked) {
        WorkflowInfo run = Workflow.getInfo();
        return new Question(
                Questions.id(runbook),
                QuestionKind.APPROVAL,
                runbook,
                run.getWorkflowId(),
                run.getRunId(),
                person,
                requester.label(),
                subject,
                plan.digest(),
                facts(),
                plan.steps().stream().map(Step::title).toList(),
                asked);
    }

    /** What the reader of the question needs to know: what it turned out to be, and what it was when it was asked. */
    private SortedMap<String, String> facts() {
        SortedMap<String, String> facts = new TreeMap<>(plan.resolved());
        facts.putAll(plan.shown());
        return facts;
    }

    private static void tellOfBrokenGlass(Closing closing, BiFunction<String, String, Notice> glassBroken) {
        closing.brokenGlass().ifPresent(answer -> {
            Announcer.announceBriefly(
                    glassBroken.apply(answer.person().value(), answer.reason().orElse("")));
            Questions.review(closing);
        });
    }

    /** In words, why a question that ended without an approval did. */
    public String whyNot(Closing closing) {
        return switch (closing.view().state()) {
            case REJECTED -> closing.last().map(PlanApproval::rejection).orElse("rejected");
            case EXPIRED -> "nobody approved it within " + policy.orElseThrow().words();
            case WAITING, APPROVED, WITHDRAWN, VOID, ANSWERED ->
                "the question ended as " + closing.view().state();
        };
    }

    private static String rejection(Answer.Accepted answer) {
        return answer.person() + " rejected it"
                + answer.reason().map(words -> ": " + words).orElse("");
    }
}
