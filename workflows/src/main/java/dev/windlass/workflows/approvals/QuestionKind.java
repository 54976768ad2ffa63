package dev.windlass.workflows.approvals;

import java.util.Set;

/** What is asked, and the answers it takes. */
public enum QuestionKind {
    /** May this plan run? */
    APPROVAL(Set.of(Verdict.APPROVE, Verdict.REJECT, Verdict.BREAK_GLASS)),
    /** A step failed for good: what now? */
    PARKED_STEP(Set.of(Verdict.RETRY, Verdict.SKIP, Verdict.ABORT)),
    /** Somebody broke the glass: has a second person looked at it? */
    REVIEW(Set.of(Verdict.CLOSE));

    private final Set<Verdict> verdicts;

    QuestionKind(Set<Verdict> verdicts) {
        this.verdicts = verdicts;
    }

    public boolean takes(Verdict verdict) {
        return verdicts.contains(verdict);
    }
}
