package dev.windlass.workflows.approvals;

/** What a person can answer. Which of them a question takes depends on its {@link QuestionKind}. */
public enum Verdict {
    APPROVE,
    REJECT,
    /** Approves alone, with a reason; told loudly, and a review stays open until somebody else closes it. */
    BREAK_GLASS,
    RETRY,
    SKIP,
    ABORT,
    /** Ends the review of a break-glass. */
    CLOSE
}
