package dev.windlass.testbed.slack;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages that one person sees: https://docs.slack.dev/reference/methods/chat.postEphemeral . They are not kept, as in
 * Slack, where they are gone after a reload.
 */
final class Ephemerals {
    private final Clock clock;
    private final List<ObjectNode> sent = new ArrayList<>();

    Ephemerals(Clock clock) {
        this.clock = clock;
    }

    synchronized ObjectNode post(SlackCall call) {
        ObjectNode message = SlackCall.JSON.createObjectNode();
        long micros = clock.millis() * 1000 + sent.size() % 1000;
        message.put("message_ts", "%d.%06d".formatted(micros / 1_000_000, micros % 1_000_000));
        message.put("channel", call.argument("channel").orElse(""));
        message.put("user", call.argument("user").orElse(""));
        message.put("text", call.argument("text").orElse(""));
        sent.add(message);
        ObjectNode answer = SlackCall.JSON.createObjectNode();
        answer.set("message_ts", message.path("message_ts"));
        return answer;
    }

    synchronized List<ObjectNode> of(String user) {
        return sent.stream()
                .filter(message -> message.path("user").asString("").equals(user))
                .toList();
    }

    synchronized byte[] lines() {
        var lines = new StringBuilder();
        sent.forEach(message -> lines.append(message).append('\n'));
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }
}
