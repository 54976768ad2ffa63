package dev.windlass.workflows.approvals;

import static dev.windlass.workflows.approvals.SampleQuestions.ANA;
import static dev.windlass.workflows.approvals.SampleQuestions.BEN;
import static dev.windlass.workflows.approvals.SampleQuestions.CHRIS;
import static dev.windlass.workflows.approvals.SampleQuestions.ID;
import static dev.windlass.workflows.approvals.SampleQuestions.decision;
import static dev.windlass.workflows.approvals.SampleQuestions.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QuestionWorkflowTest {
    private final AskingRig rig = new AskingRig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void anApprovalEndsTheQuestionAndIsShownAndWritten() {
        WorkflowStub run = rig.ask(question());
        assertThat(rig.answer(decision(ANA, Verdict.APPROVE))).isInstanceOf(Answer.Accepted.class);
        Closing closing = run.getResult(Closing.class);
        assertThat(closing.isApproved()).isTrue();
        assertThat(closing.postings()).containsExactly(new Posting("slack", "C1", "17.1"));
        assertThat(rig.board.states()).endsWith(QuestionState.APPROVED);
        assertThat(rig.logged()).containsExactly("ASKED chris asked: APPROVAL", "DECIDED ana answered: APPROVE");
    }

    @Test
    void aLogThatRefusesAnEntryIsAskedAgainUntilItIsMended() {
        WorkflowStub run = rig.ask(question());
        AskingRig.await(() -> rig.logged().size() == 1);
        rig.refusing.set(true);
        rig.answer(decision(ANA, Verdict.APPROVE));
        assertThat(run.getResult(Closing.class).isApproved()).isTrue();
        assertThat(rig.refusing).isFalse();
        assertThat(rig.logged()).containsExactly("ASKED chris asked: APPROVAL", "DECIDED ana answered: APPROVE");
    }

    @Test
    void theTimerThatLostIsCancelled() {
        WorkflowStub run = rig.ask(question());
        rig.answer(decision(ANA, Verdict.APPROVE));
        run.getResult(Closing.class);
        assertThat(events()).contains(EventType.EVENT_TYPE_TIMER_STARTED, EventType.EVENT_TYPE_TIMER_CANCELED);
    }

    @Test
    void whatNobodyAnswersIsNotApproved() {
        WorkflowStub run = rig.ask(question());
        rig.temporal.sleep(Duration.ofHours(25));
        Closing closing = run.getResult(Closing.class);
        assertThat(closing.view().state()).isEqualTo(QuestionState.EXPIRED);
        assertThat(closing.isApproved()).isFalse();
        assertThat(rig.board.states()).endsWith(QuestionState.EXPIRED);
        assertThat(rig.logged()).endsWith("DECIDED windlass the question ended: EXPIRED");
    }

    @Test
    void anAnswerAfterTheExpiryIsRefusedAndWritten() {
        WorkflowStub run = rig.ask(question());
        rig.temporal.sleep(Duration.ofHours(25));
        run.getResult(Closing.class);
        assertThat(rig.answer(decision(ANA, Verdict.APPROVE)))
                .isEqualTo(new Answer.Refused(Refusal.EXPIRED, "the question is EXPIRED"));
        AskingRig.await(
                () -> rig.logged().contains("REFUSED unproven: ana answer refused at the door: its time is over"));
    }

    @Test
    void aQuestionWaitsForAWeek() {
        WorkflowStub run = rig.ask(question(QuestionKind.APPROVAL, 1, Duration.ofDays(8)));
        rig.temporal.sleep(Duration.ofDays(7));
        assertThat(rig.state()).isEqualTo(QuestionState.WAITING);
        rig.answer(decision(BEN, Verdict.APPROVE));
        assertThat(run.getResult(Closing.class).isApproved()).isTrue();
    }

    @Test
    void cancellingTheRunWithdrawsItsQuestion() {
        WorkflowStub run = rig.ask(question());
        rig.cancel(run);
        assertThatThrownBy(() -> run.getResult(Closing.class))
                .isInstanceOf(WorkflowFailedException.class)
                .hasCauseInstanceOf(CanceledFailure.class);
        assertThat(rig.state()).isEqualTo(QuestionState.WITHDRAWN);
        assertThat(rig.board.states()).endsWith(QuestionState.WITHDRAWN);
        assertThat(rig.answer(decision(ANA, Verdict.APPROVE)))
                .isEqualTo(new Answer.Refused(Refusal.WITHDRAWN, "the question is WITHDRAWN"));
        assertThat(rig.logged()).contains("DECIDED windlass the question ended: WITHDRAWN");
    }

    @Test
    void aBoardThatIsDownStopsNoDecisionAndIsToldLater() {
        rig.board.isDown = true;
        WorkflowStub run = rig.ask(question());
        assertThat(rig.answer(decision(ANA, Verdict.APPROVE))).isInstanceOf(Answer.Accepted.class);
        assertThat(run.getResult(Closing.class).isApproved()).isTrue();
        rig.board.isDown = false;
        AskingRig.await(() -> rig.board.states().contains(QuestionState.APPROVED));
    }

    @Test
    void theSameUpdateTwiceIsOneAnswer() {
        rig.ask(question(QuestionKind.APPROVAL, 2, Duration.ofHours(24)));
        Answer first = rig.answer(decision(ANA, Verdict.APPROVE));
        assertThat(rig.answer(decision(ANA, Verdict.APPROVE))).isEqualTo(first);
        assertThat(rig.decisions.view(ID).orElseThrow().answers()).hasSize(1);
    }

    @Test
    void anAnswerWithoutProofIsRefusedAndWritten() {
        rig.ask(question());
        Decision genuine = decision(ANA, Verdict.APPROVE);
        Decision forged = new Decision(
                genuine.approval(),
                genuine.digest(),
                Verdict.APPROVE,
                genuine.reason(),
                new Evidence.SshSignature(ANA, java.time.Instant.EPOCH, "made up"));
        assertThat(rig.answer(forged)).isEqualTo(new Answer.Refused(Refusal.BAD_EVIDENCE, "forged"));
        AskingRig.await(
                () -> rig.logged().contains("REFUSED unproven: ana answer refused: the signature does not fit"));
        assertThat(rig.state()).isEqualTo(QuestionState.WAITING);
    }

    @Test
    void anAnswerOfTheWrongKindIsTurnedAwayAndWritten() {
        rig.ask(question());
        assertThat(rig.answer(decision(ANA, Verdict.RETRY)))
                .extracting(answer -> ((Answer.Refused) answer).refusal())
                .isEqualTo(Refusal.WRONG_VERDICT);
        AskingRig.await(() -> rig.logged()
                .contains("REFUSED unproven: ana answer refused at the door: this question does not take that answer"));
    }

    @Test
    void anUnknownQuestionIsRefusedAndWritten() {
        assertThat(rig.answer(decision(ANA, Verdict.APPROVE)))
                .isEqualTo(new Answer.Refused(Refusal.UNKNOWN_APPROVAL, "no question has this id"));
        AskingRig.await(() ->
                rig.logged().contains("REFUSED unproven: ana answer refused at the door: there is no such question"));
    }

    @Test
    void aBrokenGlassLeavesAReviewThatStaysOpenUntilSomebodyElseClosesIt() {
        WorkflowStub run = rig.ask(question(QuestionKind.APPROVAL, 2, Duration.ofHours(24)));
        rig.answer(decision(CHRIS, Verdict.BREAK_GLASS));
        assertThat(run.getResult(Closing.class).isApproved()).isTrue();
        AskingRig.await(
                () -> rig.board.shown.stream().anyMatch(view -> view.question().kind() == QuestionKind.REVIEW));
        Question review = rig.board.shown.stream()
                .map(QuestionView::question)
                .filter(each -> each.kind() == QuestionKind.REVIEW)
                .findFirst()
                .orElseThrow();
        assertThat(review.facts())
                .containsEntry("glass broken by", "chris")
                .containsEntry("reason", "the shop is closed");
        rig.temporal.sleep(Duration.ofDays(800));
        assertThat(rig.decisions.view(review.id()).orElseThrow().state()).isEqualTo(QuestionState.WAITING);
        assertThat(rig.answer(decision(review.id(), review.digest(), CHRIS, Verdict.CLOSE)))
                .isEqualTo(new Answer.Refused(Refusal.OWN_REQUEST, "chris broke the glass"));
        assertThat(rig.answer(decision(review.id(), review.digest(), ANA, Verdict.CLOSE)))
                .isInstanceOf(Answer.Accepted.class);
    }

    private List<EventType> events() {
        return rig.temporal.getWorkflowClient().fetchHistory(ID.workflowId()).getEvents().stream()
                .map(io.temporal.api.history.v1.HistoryEvent::getEventType)
                .toList();
    }
}
