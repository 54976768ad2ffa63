package dev.windlass.workflows.backup;

import java.util.List;

/**
 * @param recipients every age recipient of the set's files, as planned, and last the set's own, whose identity lies
 *     root-only on the worker's machine
 */
public record PreparedSet(SetId set, List<String> recipients) {
    public PreparedSet {
        recipients = List.copyOf(recipients);
    }

    public String ownRecipient() {
        return recipients.getLast();
    }
}
