package dev.windlass.workflows.approvals;

import dev.windlass.workflows.kernel.PersonName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How a question stands, and the rules by which answers change that. Whose answer it is has been proven before. */
final class Ballot {
    /** A review has no end but its answer. */
    static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final Question question;
    private final Instant askedAt;
    private final List<Answer.Accepted> answers = new ArrayList<>();
    private final Set<String> usedEvidence = new LinkedHashSet<>();
    private QuestionState state = QuestionState.WAITING;

    Ballot(Question question, Instant askedAt) {
        this.question = question;
        this.askedAt = askedAt;
    }

    QuestionView view() {
        return new QuestionView(question, state, askedAt, expiresAt(), answers);
    }

    Instant expiresAt() {
        return askedAt.plus(question.policy().expiry());
    }

    boolean isOpen() {
        return state == QuestionState.WAITING;
    }

    void expire() {
        end(QuestionState.EXPIRED);
    }

    void withdraw() {
        end(QuestionState.WITHDRAWN);
    }

    /** What can be refused without knowing who speaks. */
    Optional<Answer.Refused> refuse(Decision decision, Instant now) {
        if (!decision.approval().equals(question.id())) {
            return refusal(Refusal.MALFORMED, "it answers " + decision.approval() + ", this is " + question.id());
        }
        if (!isOpen()) {
            return refusal(Refusals.of(state), "the question is " + state + lastWords());
        }
        if (!now.isBefore(expiresAt())) {
            return refusal(Refusal.EXPIRED, "it ended at " + expiresAt());
        }
        if (!question.kind().takes(decision.verdict())) {
            return refusal(Refusal.WRONG_VERDICT, question.kind() + " does not take " + decision.verdict());
        }
        if (needsReason(decision.verdict())
                && decision.reason().filter(words -> !words.isBlank()).isEmpty()) {
            return refusal(Refusal.REASON_MISSING, decision.verdict() + " needs a reason");
        }
        if (!decision.digest().equals(question.digest())) {
            return refusal(
                    Refusal.DIGEST_CHANGED,
                    "answered for " + decision.digest().abbreviated() + ", asked is "
                            + question.digest().abbreviated());
        }
        if (usedEvidence.contains(proofIn(decision))) {
            return refusal(Refusal.REPLAYED, "the same evidence was accepted before");
        }
        return Optional.empty();
    }

    /** Counts the answer of a proven person, if it may be counted now: time has passed since the first look. */
    Answer count(PersonName person, Decision decision, Instant now) {
        Optional<Answer.Refused> refused = refuse(decision, now).or(() -> refuse(person, decision.verdict()));
        if (refused.isPresent()) {
            return refused.get();
        }
        usedEvidence.add(proofIn(decision));
        Answer.Accepted accepted = new Answer.Accepted(
                person, decision.verdict(), decision.reason(), now, missingAfter(decision.verdict()));
        answers.add(accepted);
        stateAfter(accepted).ifPresent(this::end);
        return accepted;
    }

    private Optional<Answer.Refused> refuse(PersonName person, Verdict verdict) {
        if (question.requester().filter(person::equals).isPresent() && !isOpenToRequester(verdict)) {
            return refusal(
                    Refusal.OWN_REQUEST,
                    person + (question.kind() == QuestionKind.REVIEW ? " broke the glass" : " asked for it"));
        }
        for (Answer.Accepted earlier : answers) {
            // Whoever approved in vain for want of a second person may still break the glass.
            if (earlier.person().equals(person) && verdict != Verdict.BREAK_GLASS) {
                return refusal(Refusal.ALREADY_ANSWERED, person + " answered at " + earlier.at());
            }
        }
        return Optional.empty();
    }

    /** Requesters look after their own parked run, and answer for a broken glass; they never approve. */
    private boolean isOpenToRequester(Verdict verdict) {
        return switch (question.kind()) {
            case APPROVAL -> verdict == Verdict.BREAK_GLASS;
            case PARKED_STEP -> true;
            case REVIEW -> false;
        };
    }

    private int missingAfter(Verdict verdict) {
        if (verdict != Verdict.APPROVE) {
            return 0;
        }
        long approved = answers.stream()
                .filter(answer -> answer.verdict() == Verdict.APPROVE)
                .count();
        return Math.max(0, question.policy().quorum() - (int) approved - 1);
    }

    private static Optional<QuestionState> stateAfter(Answer.Accepted answer) {
        return switch (answer.verdict()) {
            case APPROVE -> answer.missing() == 0 ? Optional.of(QuestionState.APPROVED) : Optional.empty();
            case BREAK_GLASS -> Optional.of(QuestionState.APPROVED);
            case REJECT -> Optional.of(QuestionState.REJECTED);
            case RETRY, SKIP, ABORT, CLOSE -> Optional.of(QuestionState.ANSWERED);
        };
    }

    private void end(QuestionState how) {
        if (isOpen()) {
            state = how;
        }
    }

    private String lastWords() {
        return answers.isEmpty() ? "" : " by " + answers.getLast().person();
    }

    private static boolean needsReason(Verdict verdict) {
        return verdict == Verdict.REJECT || verdict == Verdict.BREAK_GLASS;
    }

    private static String proofIn(Decision decision) {
        return switch (decision.evidence()) {
            case Evidence.SshSignature ssh -> ssh.signature();
            case Evidence.SlackClick click -> click.user() + " " + click.actionTs();
        };
    }

    private static Optional<Answer.Refused> refusal(Refusal refusal, String detail) {
        return Optional.of(new Answer.Refused(refusal, detail));
    }
}
