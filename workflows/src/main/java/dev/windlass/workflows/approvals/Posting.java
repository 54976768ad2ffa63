package dev.windlass.workflows.approvals;

/**
 * Where a question is shown, so that it can be rewritten.
 *
 * @param board {@code slack}
 * @param place the channel's id
 * @param reference the message's ts
 */
public record Posting(String board, String place, String reference) {}
