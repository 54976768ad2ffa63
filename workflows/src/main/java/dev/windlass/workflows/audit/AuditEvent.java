package dev.windlass.workflows.audit;

import dev.windlass.workflows.kernel.Sorted;
import java.util.SortedMap;

/**
 * One thing that happened, before it gets its place in the chain.
 *
 * @param id stable over retries: the same event written twice stands in the log once
 * @param actor a person's name, {@code windlass}, or what a refused caller called itself
 * @param details never a secret
 */
public record AuditEvent(
        String id,
        Kind kind,
        String workflowId,
        String runId,
        String actor,
        String what,
        SortedMap<String, String> details) {
    public enum Kind {
        STARTED,
        ASKED,
        DECIDED,
        REFUSED,
        CHANGED,
        ENDED
    }

    public AuditEvent {
        details = Sorted.copyOf(details);
    }
}
