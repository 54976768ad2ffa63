package dev.windlass.testbed.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.testbed.control.PlainDouble;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookTest {
    @TempDir
    Path data;

    @Test
    void keepsHeadersAndBodyOfEachPost() throws Exception {
        try (PlainDouble webhook = Webhook.start(data, 0, 0);
                HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest.Builder hook = HttpRequest.newBuilder(URI.create(webhook.url() + "/hook?x=1"))
                    .header("Idempotency-Key", "run-1");
            HttpRequest post = hook.POST(HttpRequest.BodyPublishers.ofString("{\"ok\":true}"))
                    .build();
            client.send(
                    HttpRequest.newBuilder(URI.create(webhook.controlUrl() + "/faults"))
                            .POST(HttpRequest.BodyPublishers.ofString("{\"match\":\"POST\",\"action\":\"status 500\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(500);
            assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
            assertThat(client.send(hook.GET().build(), HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(405);
            String messages = client.send(
                            HttpRequest.newBuilder(URI.create(webhook.controlUrl() + "/messages"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            assertThat(messages)
                    .hasLineCount(1)
                    .contains("\"path\":\"/hook?x=1\"", "\"Idempotency-key\":[\"run-1\"]", "{\\\"ok\\\":true}");
        }
    }
}
