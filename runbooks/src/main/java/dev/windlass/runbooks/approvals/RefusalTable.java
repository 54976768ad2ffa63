package dev.windlass.runbooks.approvals;

import dev.windlass.workflows.approvals.Refusal;

/** What an answer can be refused for, as {@code runbooks/approvals.md} lists it. */
final class RefusalTable {
    private RefusalTable() {}

    static String markdown() {
        StringBuilder table =
                new StringBuilder("| In the audit log | What you read | What to do |\n| --- | --- | --- |\n");
        for (Refusal refusal : Refusal.values()) {
            table.append("| `").append(refusal.name()).append("` | ").append(refusal.words());
            table.append(" | ").append(advice(refusal)).append(" |\n");
        }
        return table.toString();
    }

    private static String advice(Refusal refusal) {
        return switch (refusal) {
            case UNKNOWN_APPROVAL -> "list those that wait: `windlass approvals`";
            case MALFORMED -> "answer with `windlass` or the buttons; update the older of the two sides";
            case WRONG_VERDICT -> "look what is asked: `windlass approvals show ID`";
            case REASON_MISSING -> "add `--reason`";
            case BAD_EVIDENCE ->
                "sign with the key whose line stands in ops.yml; if you did, somebody else sent this: tell the team";
            case STALE -> "answer again; if it stays, set the clock of your machine or of the worker's";
            case REPLAYED -> "nothing: it counted the first time; if that was not you, tell the team";
            case NOT_AN_APPROVER -> "ask one of the approvers that the question names";
            case NO_LONGER_AN_APPROVER -> "ask one of those who are in ops.yml now";
            case OWN_REQUEST -> "ask somebody else; in an emergency: [break the glass](#break-glass)";
            case ALREADY_ANSWERED -> "nothing: another person has to answer";
            case DECIDED -> "nothing; `windlass approvals show ID` says by whom";
            case EXPIRED -> "start the run again";
            case WITHDRAWN -> "start the run again if it is still wanted";
            case DIGEST_CHANGED -> "look at the new question: what you saw is not what would run";
            case OTHER_PLACE -> "press the button in the channel where it was asked";
            case NOT_ASKED_YET -> "press again in a moment";
        };
    }
}
