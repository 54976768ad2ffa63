package dev.windlass.activities.approvals;

import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.approvals.Question;
import dev.windlass.workflows.approvals.Refusal;
import dev.windlass.workflows.approvals.Verdict;
import dev.windlass.workflows.approvals.Verification.Worthless;
import dev.windlass.workflows.kernel.PersonName;
import java.util.List;
import java.util.Optional;

/** Who may answer: by the question's own policy, and by ops.yml as it is now. */
final class Electorate {
    private final Question question;
    private final Operations today;

    Electorate(Question question, Operations today) {
        this.question = question;
        this.today = today;
    }

    Optional<Worthless> refuse(PersonName person, Verdict verdict) {
        if (!today.people().containsKey(person)) {
            return Optional.of(stranger(person));
        }
        return switch (question.kind()) {
            case APPROVAL ->
                verdict == Verdict.BREAK_GLASS && isRequester(person) ? Optional.empty() : requireApprover(person);
            case PARKED_STEP -> isRequester(person) ? Optional.empty() : requireApprover(person);
            // Everybody of ops.yml but whoever broke the glass, which the question itself sees to.
            case REVIEW -> Optional.empty();
        };
    }

    /** Somebody whom ops.yml does not know, or does not know any more. */
    Worthless stranger(PersonName person) {
        return question.policy().approvers().contains(person)
                ? gone(person)
                : new Worthless(Refusal.NOT_AN_APPROVER, "ops.yml has no person " + person);
    }

    private Optional<Worthless> requireApprover(PersonName person) {
        List<PersonName> asked = question.policy().approvers();
        if (!asked.contains(person)) {
            return Optional.of(new Worthless(
                    Refusal.NOT_AN_APPROVER,
                    person + " is not among "
                            + String.join(
                                    ", ", asked.stream().map(PersonName::value).toList())));
        }
        Optional<ApprovalPolicy> now = today.approvalPolicy(question.policy().environment());
        return now.filter(policy -> !policy.approvers().contains(person)).map(policy -> gone(person));
    }

    private boolean isRequester(PersonName person) {
        return question.requester().filter(person::equals).isPresent();
    }

    private static Worthless gone(PersonName person) {
        return new Worthless(Refusal.NO_LONGER_AN_APPROVER, person + " does not stand in ops.yml any more");
    }
}
