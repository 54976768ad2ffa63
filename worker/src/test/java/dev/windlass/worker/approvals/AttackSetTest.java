package dev.windlass.worker.approvals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.worker.testing.Eventually;
import dev.windlass.workflows.approvals.Answer;
import dev.windlass.workflows.approvals.ApprovalId;
import dev.windlass.workflows.approvals.Decision;
import dev.windlass.workflows.approvals.Evidence;
import dev.windlass.workflows.approvals.Question;
import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.approvals.Refusal;
import dev.windlass.workflows.approvals.SignedText;
import dev.windlass.workflows.approvals.Verdict;
import dev.windlass.workflows.audit.AuditEvent;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.PlanDigest;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is shot at a question, past every door. Each is refused, leaves the question as it was, and stands in the log. */
@Tag("integration")
@Timeout(60)
class AttackSetTest {
    private static final Duration NOW = Duration.ZERO;

    @TempDir
    static Path directory;

    private static Court court;

    @BeforeAll
    static void open() {
        court = new Court(directory);
    }

    @AfterAll
    static void close() {
        court.close();
    }

    @AfterEach
    void everybodyIsBack() {
        court.writeOps("ana, ben, dora");
        court.showAgain();
    }

    @Test
    void wrongUser() {
        refused(court.ask(), signed("mallory", "mallory"), Refusal.NOT_AN_APPROVER);
    }

    @Test
    void theRequester() {
        refused(court.ask(), signed("dora", "dora"), Refusal.OWN_REQUEST);
    }

    @Test
    void badSignature() {
        refused(court.ask(), signed("mallory", "ana"), Refusal.BAD_EVIDENCE);
    }

    @Test
    void aSignatureForSomethingElse() {
        refused(
                court.ask(),
                question -> decision(question, court.sign("ana", "ana", "git", at -> text(question, at), NOW)),
                Refusal.BAD_EVIDENCE);
    }

    @Test
    void aSignatureOfAnotherVerdict() {
        refused(
                court.ask(),
                question -> decision(
                        question,
                        court.sign(
                                "ana",
                                "ana",
                                "windlass",
                                at -> SignedText.ofDecision(
                                        question.id(), question.digest(), Verdict.REJECT, Optional.empty(), at),
                                NOW)),
                Refusal.BAD_EVIDENCE);
    }

    @Test
    void timestampOfElevenMinutesAgo() {
        refused(court.ask(), signed("ana", "ana", Duration.ofMinutes(-11)), Refusal.STALE);
    }

    @Test
    void timestampOfTomorrow() {
        refused(court.ask(), signed("ana", "ana", Duration.ofDays(1)), Refusal.STALE);
    }

    @Test
    void replayedBody() {
        Question question = court.ask(2, Duration.ofHours(1));
        Decision once = signed("ana", "ana").of(question);
        assertThat(send(once)).isInstanceOf(Answer.Accepted.class);
        assertRefused(question, send(once), Refusal.REPLAYED);
        assertThat(court.door.view(question.id()).orElseThrow().answers()).hasSize(1);
    }

    @Test
    void doubleClickByTwoPeopleAtOnce() {
        Question question = court.ask();
        List<CompletableFuture<Answer>> both =
                Stream.of("ana", "ben").map(name -> signed(name, name).of(question)).toList().stream()
                        .map(decision -> CompletableFuture.supplyAsync(() -> send(decision)))
                        .toList();
        List<Answer> answers = both.stream().map(CompletableFuture::join).toList();
        assertThat(answers).filteredOn(Answer.Accepted.class::isInstance).hasSize(1);
        Answer second = answers.stream()
                .filter(Answer.Refused.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertRefused(question, second, Refusal.DECIDED);
        assertThat(court.door.view(question.id()).orElseThrow().answers()).hasSize(1);
    }

    @Test
    void afterExpiry() {
        Question question = court.ask(1, Duration.ofSeconds(1));
        until(question, QuestionState.EXPIRED);
        refusedWhenOver(question, Refusal.EXPIRED);
    }

    @Test
    void afterCancel() {
        Question question = court.ask();
        until(question, QuestionState.WAITING);
        stub(question).cancel();
        until(question, QuestionState.WITHDRAWN);
        refusedWhenOver(question, Refusal.WITHDRAWN);
    }

    @Test
    void changedDigest() {
        PlanDigest other = new PlanDigest("v1:" + "00".repeat(32));
        refused(
                court.ask(),
                question -> new Decision(
                        question.id(),
                        other,
                        Verdict.APPROVE,
                        Optional.empty(),
                        court.sign(
                                "ana",
                                "ana",
                                "windlass",
                                at -> SignedText.ofDecision(
                                        question.id(), other, Verdict.APPROVE, Optional.empty(), at),
                                NOW)),
                Refusal.DIGEST_CHANGED);
    }

    @Test
    void unknownRunId() {
        ApprovalId nobodys = new ApprovalId("deploy-ffffffff");
        Evidence evidence = new Evidence.SshSignature(new PersonName("ana"), Instant.now(), "none");
        Answer answer = send(new Decision(nobodys, Court.DIGEST, Verdict.APPROVE, Optional.empty(), evidence));
        assertThat(refusalIn(answer)).isEqualTo(Refusal.UNKNOWN_APPROVAL);
        assertLogged(nobodys, Refusal.UNKNOWN_APPROVAL);
    }

    @Test
    void oversizedPayload() {
        Question question = court.ask();
        assertThatThrownBy(() -> shoot(question, Map.of("reason", "x".repeat(100_000), "verdict", "APPROVE")))
                .isInstanceOf(WorkflowUpdateException.class);
        assertStillWaiting(question);
    }

    @Test
    void malformedJson() {
        Question question = court.ask();
        assertThatThrownBy(() -> shoot(question, Map.of("evidence", Map.of("evidence", "root"))))
                .isInstanceOf(WorkflowUpdateException.class);
        assertThatThrownBy(() -> shoot(question, "APPROVE")).isInstanceOf(WorkflowUpdateException.class);
        assertStillWaiting(question);
    }

    @Test
    void otherChannel() {
        refused(court.ask(), clicked(Court.TEAM, Court.APP, "C0000000000", Court.MESSAGE), Refusal.OTHER_PLACE);
    }

    @Test
    void otherTeam() {
        refused(court.ask(), clicked("T0000000000", Court.APP, Court.CHANNEL, Court.MESSAGE), Refusal.OTHER_PLACE);
    }

    @Test
    void otherApp() {
        refused(court.ask(), clicked(Court.TEAM, "A0000000000", Court.CHANNEL, Court.MESSAGE), Refusal.OTHER_PLACE);
    }

    @Test
    void otherMessage() {
        refused(court.ask(), clicked(Court.TEAM, Court.APP, Court.CHANNEL, "17.99"), Refusal.OTHER_PLACE);
    }

    @Test
    void forgedMac() {
        refused(
                court.ask(),
                question ->
                        decision(question, click(Court.TEAM, Court.APP, Court.CHANNEL, Court.MESSAGE, "00".repeat(32))),
                Refusal.BAD_EVIDENCE);
    }

    @Test
    void valueOfAnotherApproval() {
        Question other = court.ask();
        Question question = court.ask();
        Answer answer = shoot(question, signed("ana", "ana").of(other));
        assertRefused(question, answer, Refusal.MALFORMED);
        assertStillWaiting(question);
        assertStillWaiting(other);
    }

    @Test
    void approverRemovedSince() {
        Question question = court.ask();
        court.writeOps("ben, dora");
        refused(question, signed("ana", "ana"), Refusal.NO_LONGER_AN_APPROVER);
    }

    @Test
    void commandLineDecisionWithAStolenRunId() {
        refused(
                court.ask(),
                question ->
                        decision(question, new Evidence.SshSignature(new PersonName("ana"), Instant.now(), "I am ana")),
                Refusal.BAD_EVIDENCE);
    }

    @Test
    void clickBeforeTheRequestWasPosted() {
        court.showNothing();
        refused(court.ask(), clicked(Court.TEAM, Court.APP, Court.CHANNEL, Court.MESSAGE), Refusal.NOT_ASKED_YET);
    }

    /** So that the others prove something. */
    @Test
    void genuineAnswersAreTaken() {
        assertThat(send(signed("ana", "ana").of(court.ask()))).isInstanceOf(Answer.Accepted.class);
        Question question = court.ask();
        Eventually.holds(
                Duration.ofSeconds(20),
                "a click in the right place counts",
                () -> send(clicked(Court.TEAM, Court.APP, Court.CHANNEL, Court.MESSAGE)
                                .of(question))
                        instanceof Answer.Accepted);
    }

    @FunctionalInterface
    private interface Shot {
        Decision of(Question question);
    }

    private static Shot signed(String key, String name) {
        return signed(key, name, NOW);
    }

    private static Shot signed(String key, String name, Duration off) {
        return question -> decision(question, court.sign(key, name, "windlass", at -> text(question, at), off));
    }

    private static Shot clicked(String team, String app, String channel, String message) {
        return question -> {
            Evidence.SlackClick bare = click(team, app, channel, message, "");
            String mac = court.clicks.of(question.id(), question.digest(), Verdict.APPROVE, Optional.empty(), bare);
            return decision(
                    question,
                    new Evidence.SlackClick(team, app, channel, bare.user(), message, bare.actionTs(), bare.at(), mac));
        };
    }

    private static Evidence.SlackClick click(String team, String app, String channel, String message, String mac) {
        return new Evidence.SlackClick(
                team, app, channel, "U00000ANAX", message, "1764061300.0001", Instant.now(), mac);
    }

    private static Decision decision(Question question, Evidence evidence) {
        return new Decision(question.id(), question.digest(), Verdict.APPROVE, Optional.empty(), evidence);
    }

    private static String text(Question question, Instant at) {
        return SignedText.ofDecision(question.id(), question.digest(), Verdict.APPROVE, Optional.empty(), at);
    }

    private static void refused(Question question, Shot shot, Refusal refusal) {
        if (refusal == Refusal.OTHER_PLACE) {
            // Its message is known to it from the moment that its board is told.
            Eventually.holds(
                    Duration.ofSeconds(20),
                    "refused as " + refusal,
                    () -> refusalIn(send(shot.of(question))) == refusal);
        } else {
            assertThat(refusalIn(send(shot.of(question)))).isEqualTo(refusal);
        }
        assertLogged(question.id(), refusal);
        assertStillWaiting(question);
    }

    private static void refusedWhenOver(Question question, Refusal refusal) {
        assertRefused(question, send(signed("ana", "ana").of(question)), refusal);
        assertThat(court.door.view(question.id()).orElseThrow().answers()).isEmpty();
    }

    private static void assertRefused(Question question, Answer answer, Refusal refusal) {
        assertThat(refusalIn(answer)).isEqualTo(refusal);
        assertLogged(question.id(), refusal);
    }

    private static void assertStillWaiting(Question question) {
        assertThat(court.door.view(question.id()).orElseThrow())
                .matches(view ->
                        view.state() == QuestionState.WAITING && view.answers().isEmpty());
    }

    private static void assertLogged(ApprovalId approval, Refusal refusal) {
        Eventually.holds(
                Duration.ofSeconds(20),
                refusal + " of " + approval + " stands in the audit log",
                () -> court.log.stream()
                        .anyMatch(event -> event.kind() == AuditEvent.Kind.REFUSED
                                && approval.value().equals(event.details().get("approval"))
                                && refusal.name().equals(event.details().get("refusal"))));
    }

    private static Refusal refusalIn(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Refused.class);
        return ((Answer.Refused) answer).refusal();
    }

    private static Answer send(Decision decision) {
        return court.door.decide(decision, UUID.randomUUID().toString());
    }

    /** Past every door, straight at the Temporal port. */
    private static Answer shoot(Question question, Object payload) {
        return stub(question).update("decide", Answer.class, payload);
    }

    private static WorkflowStub stub(Question question) {
        return court.client().newUntypedWorkflowStub(question.id().workflowId());
    }

    private static void until(Question question, QuestionState state) {
        Eventually.holds(
                Duration.ofSeconds(20),
                question.id() + " is " + state,
                () -> court.door
                        .view(question.id())
                        .filter(view -> view.state() == state)
                        .isPresent());
    }
}
