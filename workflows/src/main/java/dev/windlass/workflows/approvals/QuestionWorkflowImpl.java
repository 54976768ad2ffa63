package dev.windlass.workflows.approvals;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.RunAttributes;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.temporal.workflow.WorkflowLock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks, counts answers until one of them or the time ends it, and leaves every board and the audit log true. */
public final class QuestionWorkflowImpl implements QuestionWorkflow {
    /** A board that is down does not hold the run back any longer; {@link LateShowWorkflow} goes on trying. */
    private static final Duration LAST_REWRITE = Duration.ofSeconds(20);

    private static final Duration GIVING_UP = Duration.ofSeconds(5);

    private final Question question;
    private final Ballot ballot;
    private final QuestionTrail trail;
    private final QuestionDisplay display;
    private final WorkflowLock oneAtATime = Workflow.newWorkflowLock();

    /** An answer may come before {@link #ask} begins. */
    @WorkflowInit
    public QuestionWorkflowImpl(Question question) {
        this.question = question;
        this.ballot = new Ballot(question, now());
        this.trail = new QuestionTrail(question);
        this.display = new QuestionDisplay(question, ballot::view);
        trail.asked();
    }

    @Override
    public Closing ask(Question asked) {
        tell();
        CancellationScope deadline = Workflow.newCancellationScope(this::startDeadline);
        deadline.run();
        try {
            Workflow.await(() -> !ballot.isOpen());
        } catch (CanceledFailure cancelled) {
            ballot.withdraw();
            Workflow.newDetachedCancellationScope(this::finish).run();
            throw cancelled;
        }
        deadline.cancel("the question has its answer");
        finish();
        return new Closing(ballot.view(), display.postings());
    }

    @Override
    public void requireSensible(Decision decision) {
        // What an honest door never sends. Anything else is refused by the handler, for what a validator refuses leaves
        // no
        // trace in the history, and so none in the audit log.
        if (!question.kind().takes(decision.verdict())) {
            throw Refusals.asException(Refusal.WRONG_VERDICT, question.kind() + " does not take " + decision.verdict());
        }
    }

    /** Also under way when the run is cancelled: whoever answered hears that it came too late. */
    @Override
    public Answer decide(Decision decision) {
        List<Answer> given = new ArrayList<>();
        Workflow.newDetachedCancellationScope(() -> {
                    oneAtATime.lock();
                    try {
                        given.add(judge(decision));
                    } finally {
                        oneAtATime.unlock();
                    }
                })
                .run();
        return given.getFirst();
    }

    @Override
    public QuestionView view() {
        return ballot.view();
    }

    private Answer judge(Decision decision) {
        Optional<Answer.Refused> refused = ballot.refuse(decision, now());
        Answer answer = refused.isPresent() ? refused.get() : prove(decision);
        trail.answered(decision, answer);
        if (answer instanceof Answer.Accepted) {
            tell();
        }
        return answer;
    }

    private Answer prove(Decision decision) {
        try {
            Verification verification =
                    QuestionStubs.verification().verify(new VerifyOrder(question, display.postings(), decision));
            return switch (verification) {
                case Verification.Genuine genuine -> ballot.count(genuine.person(), decision, now());
                case Verification.Worthless worthless -> new Answer.Refused(worthless.refusal(), worthless.detail());
            };
        } catch (ActivityFailure unchecked) {
            trail.notChecked(
                    decision, Failure.in(unchecked).map(Failure::fact).orElseGet(() -> Failure.messageOf(unchecked)));
            throw unchecked;
        }
    }

    private void startDeadline() {
        if (question.kind() == QuestionKind.REVIEW) {
            return;
        }
        Duration left = Duration.between(now(), ballot.expiresAt());
        Workflow.newTimer(
                        left.isNegative() ? Duration.ZERO : left,
                        TimerOptions.newBuilder()
                                .setSummary("after this the answer is no")
                                .build())
                .thenApply(over -> {
                    ballot.expire();
                    return over;
                });
    }

    /** Nobody who answered is left without a reply, nothing decided without an entry, no board with old buttons. */
    private void finish() {
        if (ballot.view().state() == QuestionState.EXPIRED || ballot.view().state() == QuestionState.WITHDRAWN) {
            trail.ended(ballot.view().state());
            tell();
        }
        if (!Workflow.await(LAST_REWRITE, display::isTrue)) {
            display.giveUp();
            Workflow.await(GIVING_UP, display::isTrue);
            LateShow.start(display.order());
        }
        Workflow.await(() -> Workflow.isEveryHandlerFinished() && trail.isWritten());
    }

    private void tell() {
        QuestionView view = ballot.view();
        Workflow.upsertTypedSearchAttributes(
                RunAttributes.STAGE.valueSet(view.state().name()),
                RunAttributes.ENVIRONMENT.valueSet(
                        question.policy().environment().value()));
        Workflow.setCurrentDetails(QuestionDetails.of(view));
        display.refresh();
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }
}
