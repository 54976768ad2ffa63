package dev.windlass.workflows.approvals;

/** Why an answer does not count. The names stand in the audit log, so they are never changed. */
public enum Refusal {
    UNKNOWN_APPROVAL("there is no such question"),
    MALFORMED("the answer is not understood"),
    WRONG_VERDICT("this question does not take that answer"),
    REASON_MISSING("say why"),
    BAD_EVIDENCE("the signature does not fit"),
    STALE("it was signed too long ago, or in the future"),
    REPLAYED("it was used before"),
    NOT_AN_APPROVER("only the approvers of this environment decide"),
    NO_LONGER_AN_APPROVER("the person was taken off the list since"),
    OWN_REQUEST("nobody decides on their own request"),
    ALREADY_ANSWERED("this person has answered"),
    DECIDED("it was decided before"),
    EXPIRED("its time is over"),
    WITHDRAWN("the run was cancelled"),
    DIGEST_CHANGED("what would run has changed since"),
    OTHER_PLACE("it comes from another team, app, channel or message"),
    NOT_ASKED_YET("the question had not been shown");

    private final String words;

    Refusal(String words) {
        this.words = words;
    }

    /** For the person who is refused. */
    public String words() {
        return words;
    }
}
