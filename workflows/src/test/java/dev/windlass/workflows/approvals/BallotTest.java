package dev.windlass.workflows.approvals;

import static dev.windlass.workflows.approvals.SampleQuestions.ANA;
import static dev.windlass.workflows.approvals.SampleQuestions.BEN;
import static dev.windlass.workflows.approvals.SampleQuestions.CHRIS;
import static dev.windlass.workflows.approvals.SampleQuestions.DIGEST;
import static dev.windlass.workflows.approvals.SampleQuestions.ID;
import static dev.windlass.workflows.approvals.SampleQuestions.decision;
import static dev.windlass.workflows.approvals.SampleQuestions.question;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.PlanDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BallotTest {
    private static final Instant ASKED = Instant.parse("2026-11-25T10:00:00Z");
    private static final Instant LATER = ASKED.plusSeconds(60);

    private final Ballot ballot = ballot(QuestionKind.APPROVAL, 1);

    @Test
    void oneApprovalIsEnoughForAQuorumOfOne() {
        assertThat(count(ballot, ANA, Verdict.APPROVE))
                .isEqualTo(new Answer.Accepted(ANA, Verdict.APPROVE, Optional.empty(), LATER, 0));
        assertThat(ballot.view().state()).isEqualTo(QuestionState.APPROVED);
    }

    @Test
    void aQuorumOfTwoWaitsForTheSecondPerson() {
        Ballot two = ballot(QuestionKind.APPROVAL, 2);
        assertThat(((Answer.Accepted) count(two, ANA, Verdict.APPROVE)).missing())
                .isEqualTo(1);
        assertThat(two.view().state()).isEqualTo(QuestionState.WAITING);
        count(two, BEN, Verdict.APPROVE);
        assertThat(two.view().state()).isEqualTo(QuestionState.APPROVED);
    }

    @Test
    void theSamePersonCountsOnce() {
        Ballot two = ballot(QuestionKind.APPROVAL, 2);
        count(two, ANA, Verdict.APPROVE);
        assertThat(refusal(count(two, ANA, Verdict.REJECT))).isEqualTo(Refusal.ALREADY_ANSWERED);
        assertThat(refusal(count(two, ANA, Verdict.APPROVE))).isEqualTo(Refusal.REPLAYED);
        assertThat(two.view().state()).isEqualTo(QuestionState.WAITING);
    }

    @Test
    void oneRejectionEndsIt() {
        Ballot two = ballot(QuestionKind.APPROVAL, 2);
        count(two, ANA, Verdict.APPROVE);
        count(two, BEN, Verdict.REJECT);
        assertThat(two.view().state()).isEqualTo(QuestionState.REJECTED);
    }

    @Test
    void requestersNeitherApproveNorRejectTheirOwnRequest() {
        assertThat(refusal(count(ballot, CHRIS, Verdict.APPROVE))).isEqualTo(Refusal.OWN_REQUEST);
        assertThat(refusal(count(ballot, CHRIS, Verdict.REJECT))).isEqualTo(Refusal.OWN_REQUEST);
        assertThat(ballot.isOpen()).isTrue();
    }

    @Test
    void theGlassIsBrokenByOneAlone() {
        Ballot two = ballot(QuestionKind.APPROVAL, 2);
        count(two, CHRIS, Verdict.BREAK_GLASS);
        assertThat(two.view().state()).isEqualTo(QuestionState.APPROVED);
        assertThat(new Closing(two.view(), java.util.List.of()).brokenGlass().map(Answer.Accepted::person))
                .contains(CHRIS);
    }

    @Test
    void whoeverApprovedInVainMayBreakTheGlass() {
        Ballot two = ballot(QuestionKind.APPROVAL, 2);
        count(two, ANA, Verdict.APPROVE);
        assertThat(count(two, ANA, Verdict.BREAK_GLASS)).isInstanceOf(Answer.Accepted.class);
    }

    @Test
    void requestersResumeTheirOwnParkedStep() {
        Ballot parked = ballot(QuestionKind.PARKED_STEP, 1);
        count(parked, CHRIS, Verdict.SKIP);
        assertThat(parked.view().state()).isEqualTo(QuestionState.ANSWERED);
    }

    @Test
    void reviewsAreClosedByAnybodyElse() {
        Ballot review = ballot(QuestionKind.REVIEW, 1);
        assertThat(refusal(count(review, CHRIS, Verdict.CLOSE))).isEqualTo(Refusal.OWN_REQUEST);
        count(review, new PersonName("dora"), Verdict.CLOSE);
        assertThat(review.view().state()).isEqualTo(QuestionState.ANSWERED);
    }

    @Test
    void answersOfTheWrongKindAreRefused() {
        assertThat(refusal(count(ballot, ANA, Verdict.RETRY))).isEqualTo(Refusal.WRONG_VERDICT);
    }

    @Test
    void anotherDigestIsNotWhatWasAsked() {
        PlanDigest other = new PlanDigest("v1:" + "00".repeat(32));
        assertThat(refusal(ballot.count(ANA, decision(ID, other, ANA, Verdict.APPROVE), LATER)))
                .isEqualTo(Refusal.DIGEST_CHANGED);
    }

    @Test
    void anotherApprovalIsNotMeant() {
        ApprovalId other = new ApprovalId("deploy-00000000");
        assertThat(refusal(ballot.count(ANA, decision(other, DIGEST, ANA, Verdict.APPROVE), LATER)))
                .isEqualTo(Refusal.MALFORMED);
    }

    @Test
    void aRejectionWithoutAReasonIsRefused() {
        Decision bare = decision(ANA, Verdict.REJECT);
        Decision blank =
                new Decision(bare.approval(), bare.digest(), Verdict.REJECT, Optional.of("  "), bare.evidence());
        assertThat(refusal(ballot.count(ANA, blank, LATER))).isEqualTo(Refusal.REASON_MISSING);
    }

    @Test
    void theLastMomentIsTooLate() {
        Decision decision = decision(ANA, Verdict.APPROVE);
        assertThat(refusal(ballot.count(ANA, decision, ballot.expiresAt()))).isEqualTo(Refusal.EXPIRED);
        assertThat(ballot.count(ANA, decision, ballot.expiresAt().minusMillis(1)))
                .isInstanceOf(Answer.Accepted.class);
    }

    @Test
    void whatIsOverStaysAsItIs() {
        ballot.expire();
        assertThat(refusal(count(ballot, ANA, Verdict.APPROVE))).isEqualTo(Refusal.EXPIRED);
        ballot.withdraw();
        assertThat(ballot.view().state()).isEqualTo(QuestionState.EXPIRED);
    }

    private static Ballot ballot(QuestionKind kind, int quorum) {
        return new Ballot(question(kind, quorum, Duration.ofHours(24)), ASKED);
    }

    private static Answer count(Ballot ballot, PersonName person, Verdict verdict) {
        return ballot.count(person, decision(person, verdict), LATER);
    }

    private static Refusal refusal(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Refused.class);
        return ((Answer.Refused) answer).refusal();
    }
}
