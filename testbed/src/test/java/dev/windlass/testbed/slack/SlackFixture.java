package dev.windlass.testbed.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.testbed.control.PlainDouble;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A double with no gap between messages, and ways to call it. */
abstract class SlackFixture {
    @TempDir
    Path data;

    PlainDouble slack;

    @BeforeEach
    void start() throws IOException {
        slack = start(Duration.ZERO, Set.of("chat:write", "channels:history"));
    }

    @AfterEach
    void stop() {
        slack.close();
    }

    PlainDouble start(Duration gap, Set<String> scopes) throws IOException {
        return SlackDouble.start(new SlackDouble.Settings(
                data, 0, 0, "xoxb-testbed", scopes, Set.of("C0TESTBED"), Set.of("C0OTHER"), gap, interactivity()));
    }

    Interactivity interactivity() {
        return Interactivity.none();
    }

    HttpResponse<String> post(String method, String token, Map<String, String> arguments) {
        String form = arguments.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(slack.url() + "/api/" + method))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
    }

    static HttpResponse<String> send(HttpRequest request) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    JsonNode call(String method, String... pairs) {
        Map<String, String> arguments = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            arguments.put(pairs[i], pairs[i + 1]);
        }
        return SlackCall.JSON.readTree(post(method, "xoxb-testbed", arguments).body());
    }

    void order(String body) {
        send(HttpRequest.newBuilder(URI.create(slack.controlUrl() + "/faults"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    String messages() {
        return send(HttpRequest.newBuilder(URI.create(slack.controlUrl() + "/messages"))
                        .build())
                .body();
    }

    static String error(JsonNode answer) {
        assertThat(answer.path("ok").asBoolean(true)).isFalse();
        return answer.path("error").asString("");
    }
}
