package dev.windlass.testbed.slack;

import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * event_type and event_payload, and nothing else: https://docs.slack.dev/messaging/message-metadata/ ;
 * invalid_metadata_format, invalid_metadata_schema: https://docs.slack.dev/reference/methods/chat.postMessage .
 */
final class Metadata implements SlackRule {
    @Override
    public Optional<SlackError> judge(SlackCall call) {
        Optional<JsonNode> metadata = call.json("metadata");
        if (metadata.isEmpty()) {
            return Optional.empty();
        }
        JsonNode root = metadata.get();
        if (!root.isObject()) {
            return Optional.of(SlackError.of("invalid_metadata_format"));
        }
        boolean complete = root.path("event_type").isString()
                && !root.path("event_type").asString().isBlank()
                && root.path("event_payload").isObject();
        if (!complete || !Set.of("event_type", "event_payload").containsAll(root.propertyNames())) {
            return Optional.of(SlackError.of("invalid_metadata_schema"));
        }
        return Optional.empty();
    }
}
