package dev.windlass.workflows.approvals;

/** How a question stands; shown in its message. */
public enum QuestionState {
    WAITING,
    APPROVED,
    REJECTED,
    EXPIRED,
    /** The run that asked was cancelled. */
    WITHDRAWN,
    /** What would run had changed when it was about to. */
    VOID,
    /** A parked step or a review got its answer. */
    ANSWERED
}
