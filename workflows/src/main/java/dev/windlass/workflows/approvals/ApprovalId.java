package dev.windlass.workflows.approvals;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** Names one question, in Slack's buttons and on the command line: {@code deploy-3f9c12ab}. It opens nothing by itself. */
public record ApprovalId(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("[a-z]{2,20}-[0-9a-f]{8}");

    @JsonCreator
    public ApprovalId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "approval \"" + value + "\" must look like deploy-3f9c12ab: a word, a dash, eight hex digits");
        }
    }

    /** The workflow that asks the question. */
    public String workflowId() {
        return "approval/" + value;
    }

    @Override
    public String toString() {
        return value;
    }
}
