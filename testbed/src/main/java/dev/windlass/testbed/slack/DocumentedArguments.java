package dev.windlass.testbed.slack;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Only the documented methods and arguments, and the required ones:
 * https://docs.slack.dev/reference/methods/auth.test , …/chat.postMessage , …/chat.update , …/conversations.history ,
 * …/chat.postEphemeral , …/views.open , …/apps.connections.open .
 * Slack overlooks many arguments it does not know; the double does not, because what is undocumented may change.
 */
final class DocumentedArguments implements SlackRule {
    private static final Map<String, Set<String>> KNOWN = Map.of(
            "auth.test",
            Set.of(),
            "apps.connections.open",
            Set.of(),
            "views.open",
            Set.of("trigger_id", "interactivity_pointer", "view"),
            "chat.postEphemeral",
            Set.of(
                    "channel",
                    "user",
                    "as_user",
                    "attachments",
                    "blocks",
                    "icon_emoji",
                    "icon_url",
                    "link_names",
                    "markdown_text",
                    "parse",
                    "text",
                    "thread_ts",
                    "username"),
            "chat.postMessage",
            Set.of(
                    "channel",
                    "as_user",
                    "attachments",
                    "blocks",
                    "icon_emoji",
                    "icon_url",
                    "link_names",
                    "markdown_text",
                    "metadata",
                    "mrkdwn",
                    "parse",
                    "reply_broadcast",
                    "text",
                    "thread_ts",
                    "unfurl_links",
                    "unfurl_media",
                    "username"),
            "chat.update",
            Set.of(
                    "channel",
                    "ts",
                    "as_user",
                    "attachments",
                    "blocks",
                    "file_ids",
                    "link_names",
                    "markdown_text",
                    "metadata",
                    "parse",
                    "reply_broadcast",
                    "text",
                    "unfurled_attachments"),
            "conversations.history",
            Set.of("channel", "cursor", "include_all_metadata", "inclusive", "latest", "limit", "oldest"));
    private static final Map<String, List<String>> REQUIRED = Map.of(
            "auth.test",
            List.of(),
            "views.open",
            List.of("trigger_id", "view"),
            "chat.postEphemeral",
            List.of("channel", "user"),
            "chat.postMessage",
            List.of("channel"),
            "chat.update",
            List.of("channel", "ts"),
            "conversations.history",
            List.of("channel"));

    @Override
    public Optional<SlackError> judge(SlackCall call) {
        Set<String> known = KNOWN.get(call.method());
        if (known == null) {
            return Optional.of(SlackError.of("unknown_method", call.method()));
        }
        for (String name : call.arguments().keySet()) {
            if (!known.contains(name)) {
                return Optional.of(SlackError.of("invalid_arg_name", "no such argument: " + name));
            }
        }
        for (String name : REQUIRED.getOrDefault(call.method(), List.of())) {
            if (call.argument(name).isEmpty()) {
                return Optional.of(SlackError.of("invalid_arguments", "missing required field: " + name));
            }
        }
        return Optional.empty();
    }
}
