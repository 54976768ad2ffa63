package dev.windlass.workflows.notify;

import java.util.List;

/**
 * Something people are told once.
 *
 * @param id stable over retries; channels that can, use it to post only once
 * @param headline one line
 * @param lines what else there is to say: fact, hint, page
 * @param runId the Temporal run it speaks of
 * @param workflowId and its workflow
 */
public record Notice(
        String id, Severity severity, String headline, List<String> lines, String workflowId, String runId) {
    public enum Severity {
        GOOD,
        BAD
    }

    public Notice {
        lines = List.copyOf(lines);
        if (headline.contains("\n")) {
            throw new IllegalArgumentException("a headline is one line");
        }
    }
}
