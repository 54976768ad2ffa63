package dev.windlass.testbed.slack;

import dev.windlass.testbed.control.Door;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What a call is answered with; errors of the API are HTTP 200, the rate limit is 429. */
sealed interface SlackAnswer {
    record Ok(ObjectNode fields) implements SlackAnswer {}

    record Refused(SlackError error) implements SlackAnswer {}

    record Limited(Duration retryAfter) implements SlackAnswer {}

    record Broken(int status) implements SlackAnswer {}

    default Door.Answer http() {
        ObjectNode json = SlackCall.JSON.createObjectNode();
        Map<String, String> headers = new HashMap<>(Map.of("Content-Type", "application/json; charset=utf-8"));
        int status = switch (this) {
            case Ok ok -> {
                json.put("ok", true);
                json.setAll(ok.fields());
                yield 200;
            }
            case Refused refused -> {
                json.put("ok", false).put("error", refused.error().error());
                refused.error().fields().forEach(json::put);
                if (!refused.error().messages().isEmpty()) {
                    var list = json.putObject("response_metadata").putArray("messages");
                    refused.error().messages().forEach(list::add);
                }
                yield 200;
            }
            case Limited limited -> {
                json.put("ok", false).put("error", "ratelimited");
                headers.put(
                        "Retry-After",
                        Long.toString(
                                Math.max(1, limited.retryAfter().plusMillis(999).toSeconds())));
                yield 429;
            }
            case Broken broken -> {
                json.put("ok", false).put("error", broken.status() == 503 ? "service_unavailable" : "internal_error");
                yield broken.status();
            }
        };
        return new Door.Answer(status, headers, json.toString().getBytes(StandardCharsets.UTF_8));
    }
}
