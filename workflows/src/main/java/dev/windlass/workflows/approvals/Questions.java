package dev.windlass.workflows.approvals;

import dev.windlass.workflows.audit.AuditEvent;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.Sorted;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** How a run asks people. */
public final class Questions {
    /** Clocks differ, and a run may wait a moment for its worker. */
    private static final Duration FRESH = Duration.ofMinutes(10);

    private static final int LONGEST_SUBJECT = 200;

    private Questions() {}

    /** @param word the runbook, or what is asked: 2 to 20 small letters */
    public static ApprovalId id(String word) {
        return new ApprovalId(
                word + "-" + Workflow.randomUUID().toString().replace("-", "").substring(0, 8));
    }

    /**
     * Asks, and waits for the end of the question.
     *
     * @throws CanceledFailure the run was cancelled; the question is withdrawn by then
     */
    public static Closing ask(Question question) {
        try {
            return child(question, ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
                    .ask(question);
        } catch (ChildWorkflowFailure failed) {
            if (failed.getCause() instanceof CanceledFailure cancelled) {
                throw cancelled;
            }
            throw failed;
        }
    }

    /** Rewrites an approval that holds no more because what would run has changed; nobody waits for the boards. */
    public static void rewriteAsVoid(Closing closing) {
        QuestionView view = closing.view();
        Question question = view.question();
        TreeMap<String, String> details = new TreeMap<>();
        details.put("approval", question.id().value());
        details.put("digest", question.digest().value());
        QuestionStubs.audit()
                .record(new AuditEvent(
                        question.id().workflowId() + "/" + Workflow.getInfo().getRunId() + "/void",
                        AuditEvent.Kind.DECIDED,
                        Workflow.getInfo().getWorkflowId(),
                        Workflow.getInfo().getRunId(),
                        "windlass",
                        "the approval is void: " + Refusal.DIGEST_CHANGED.words(),
                        details));
        LateShow.start(new ShowOrder(
                new QuestionView(question, QuestionState.VOID, view.askedAt(), view.expiresAt(), view.answers()),
                closing.postings()));
    }

    /**
     * Opens the review of a broken glass. It never expires and outlives the run: it is listed until somebody else than who
     * broke the glass closes it.
     *
     * @param closing with {@link Closing#brokenGlass}
     */
    public static ApprovalId review(Closing closing) {
        Answer.Accepted breaker = closing.brokenGlass()
                .orElseThrow(() -> new IllegalArgumentException("nobody broke the glass of " + closing));
        Question broken = closing.view().question();
        TreeMap<String, String> facts = new TreeMap<>(broken.facts());
        facts.put("glass broken by", breaker.person().value());
        facts.put("reason", breaker.reason().orElse(""));
        facts.put("approval", broken.id().value());
        Question review = new Question(
                id("review"),
                QuestionKind.REVIEW,
                broken.runbook(),
                broken.workflowId(),
                broken.runId(),
                Optional.of(breaker.person()),
                breaker.person().value(),
                cut("review of " + broken.subject()),
                broken.digest(),
                Sorted.copyOf(facts),
                List.of(),
                new ApprovalPolicy(
                        broken.policy().environment(), broken.policy().approvers(), 1, Ballot.FOR_EVER));
        QuestionWorkflow child = child(review, ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON);
        Async.function(child::ask, review);
        Workflow.getWorkflowExecution(child).get();
        return review.id();
    }

    /**
     * The first act of a run with a signed request: an old signature cannot be used to start one more run in somebody
     * else's name, and then approve it. Whose signature it is, is checked where the plan is made.
     *
     * @throws io.temporal.failure.ApplicationFailure PRECONDITION
     */
    public static void requireFresh(Requester requester) {
        Instant started = Instant.ofEpochMilli(Workflow.getInfo().getRunStartedTimestampMillis());
        requester.signature().ifPresent(signature -> {
            if (Duration.between(signature.at(), started).abs().compareTo(FRESH) > 0) {
                throw new Failure(
                                FailureType.PRECONDITION,
                                "the request was signed by " + signature.person() + " at " + signature.at()
                                        + ", but the run started at " + started,
                                "start it again with windlass; if the times should agree, set the clocks of both machines",
                                "approvals.md#request-signature")
                        .asException();
            }
        });
    }

    /** Who asked, for messages. */
    public static String asker(Optional<PersonName> person, Requester requester) {
        return person.map(PersonName::value).orElse(requester.label());
    }

    private static QuestionWorkflow child(Question question, ParentClosePolicy whenTheRunEnds) {
        return Workflow.newChildWorkflowStub(
                QuestionWorkflow.class,
                ChildWorkflowOptions.newBuilder()
                        .setWorkflowId(question.id().workflowId())
                        .setParentClosePolicy(whenTheRunEnds)
                        .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
                        .setStaticSummary(cut("ask: " + question.subject()))
                        .build());
    }

    private static String cut(String words) {
        return words.length() <= LONGEST_SUBJECT ? words : words.substring(0, LONGEST_SUBJECT - 1) + "…";
    }
}
