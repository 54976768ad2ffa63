package dev.windlass.testbed.slack;

import java.util.Optional;

/**
 * no_text without text, blocks or attachments; msg_too_long: https://docs.slack.dev/reference/methods/chat.postMessage
 * (40,000 characters; Slack truncates, the double refuses, because a truncated message is no longer what was said) and
 * https://docs.slack.dev/reference/methods/chat.update (4,000). markdown_text: 12,000, not together with text or blocks.
 */
final class MessageText implements SlackRule {
    private static final int POST = 40_000;
    private static final int UPDATE = 4_000;
    private static final int MARKDOWN = 12_000;

    @Override
    public Optional<SlackError> judge(SlackCall call) {
        boolean update = call.method().equals("chat.update");
        if (!update
                && !call.method().equals("chat.postMessage")
                && !call.method().equals("chat.postEphemeral")) {
            return Optional.empty();
        }
        boolean markdown = call.argument("markdown_text").isPresent();
        boolean other =
                call.argument("text").isPresent() || call.argument("blocks").isPresent();
        if (markdown && other) {
            return Optional.of(SlackError.of("markdown_text_conflict"));
        }
        if (!markdown && !other && call.argument("attachments").isEmpty()) {
            return Optional.of(SlackError.of("no_text"));
        }
        int text = length(call, "text");
        if (text > (update ? UPDATE : POST) || length(call, "markdown_text") > MARKDOWN) {
            return Optional.of(SlackError.of("msg_too_long"));
        }
        return Optional.empty();
    }

    private static int length(SlackCall call, String argument) {
        return call.argument(argument)
                .map(text -> text.codePointCount(0, text.length()))
                .orElse(0);
    }
}
