package dev.windlass.testbed.dokploy;

import dev.windlass.testbed.control.PlainDouble;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A double whose deploys take no time, and ways to call it. */
abstract class DokployFixture {
    static final String APP = "\"applicationId\":\"app-testbed\"";

    @TempDir
    Path data;

    PlainDouble dokploy;

    @BeforeEach
    void start() throws IOException {
        dokploy = start("docker", "ghcr.io/acme/shop:old", 0);
    }

    @AfterEach
    void stop() {
        dokploy.close();
    }

    PlainDouble start(String source, String image, int perMinute) throws IOException {
        return DokployDouble.start(new DokployDouble.Settings(
                data,
                0,
                0,
                "key",
                "token",
                "app-testbed",
                source,
                image,
                "shop-api-x1y2z3",
                Optional.empty(),
                Duration.ZERO,
                perMinute));
    }

    void startAgain(String source, String image, int perMinute) throws IOException {
        dokploy.close();
        data = data.resolve("again");
        dokploy = start(source, image, perMinute);
    }

    HttpResponse<String> post(String procedure, String body) {
        return send(call(procedure, "x-api-key", "key")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    HttpResponse<String> get(String procedure) {
        return send(call(procedure, "x-api-key", "key").build());
    }

    HttpRequest.Builder call(String procedure, String header, String value) {
        return HttpRequest.newBuilder(URI.create(dokploy.url() + "/api/" + procedure))
                .header("Content-Type", "application/json")
                .header(header, value);
    }

    JsonNode queue() {
        return DokployCall.JSON.readTree(get("deployment.queueList").body());
    }

    JsonNode deployments() {
        return DokployCall.JSON.readTree(
                get("deployment.allByType?id=app-testbed&type=application").body());
    }

    /** Deploys, and waits until the newest row has ended. */
    JsonNode deployAndWait(String title) {
        post("application.deploy", "{" + APP + ",\"title\":\"" + title + "\"}");
        return waitForTheEnd();
    }

    JsonNode waitForTheEnd() {
        until(() -> queue().isEmpty() && !deployments().isEmpty());
        return deployments().get(0);
    }

    String control(String path) {
        return send(HttpRequest.newBuilder(URI.create(dokploy.controlUrl() + path))
                        .build())
                .body();
    }

    static void until(BooleanSupplier condition) {
        long limit = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > limit) {
                throw new AssertionError("it did not come true within 20 s");
            }
            Thread.onSpinWait();
        }
    }

    static HttpResponse<String> send(HttpRequest request) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
