package dev.windlass.testbed.slack;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings an interaction to the app, which has three seconds to acknowledge it:
 * https://docs.slack.dev/interactivity/handling-user-interaction . It is not sent a second time.
 */
final class Delivery {
    static final Duration PATIENCE = Duration.ofSeconds(3);

    /**
     * @param problem what the person sees; empty when it was acknowledged
     * @param body what the app answered, such as a response_action; missing when nothing
     */
    record Outcome(String problem, JsonNode body) {
        static Outcome failed(String problem) {
            return new Outcome(problem, SlackCall.JSON.missingNode());
        }
    }

    private final Interactivity settings;
    private final SocketMode socket;
    private final Clock clock;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Delivery(Interactivity settings, SocketMode socket, Clock clock) {
        this.settings = settings;
        this.socket = socket;
        this.clock = clock;
    }

    Outcome send(ObjectNode payload) {
        return settings.requestUrl()
                .map(url -> post(url, payload))
                .orElseGet(() -> socket.send("interactive", payload));
    }

    private Outcome post(URI url, ObjectNode payload) {
        String body = "payload=" + URLEncoder.encode(payload.toString(), StandardCharsets.UTF_8);
        long timestamp = clock.instant().getEpochSecond();
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Slack-Request-Timestamp", Long.toString(timestamp))
                .header("X-Slack-Signature", Signature.of(settings.signingSecret(), timestamp, body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200
                    ? new Outcome("", json(answer.body()))
                    : Outcome.failed("Windlass answered HTTP " + answer.statusCode());
        } catch (IOException unreachable) {
            return Outcome.failed(
                    "Windlass did not answer: " + unreachable.getClass().getSimpleName());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Outcome.failed("the double is stopping");
        }
    }

    private static JsonNode json(String body) {
        try {
            return body.isBlank() ? SlackCall.JSON.missingNode() : SlackCall.JSON.readTree(body);
        } catch (JacksonException none) {
            return SlackCall.JSON.missingNode();
        }
    }
}
