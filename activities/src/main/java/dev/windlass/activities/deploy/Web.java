package dev.windlass.activities.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/** Asks the app. A connection of its own for each question: one that is kept says nothing about the port. */
final class Web implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LONGEST_ANSWER = 64 * 1024;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Consumer<Duration> timed;

    Web() {
        this(time -> {});
    }

    /** @param timed is told how long each question took, whatever came of it */
    Web(Consumer<Duration> timed) {
        this.timed = timed;
    }

    sealed interface Answer {
        record Given(int status, String body) implements Answer {}

        record None(String reason) implements Answer {}
    }

    Answer get(String url) {
        long begun = System.nanoTime();
        Answer answer = ask(url);
        timed.accept(Duration.ofNanos(System.nanoTime() - begun));
        return answer;
    }

    private Answer ask(String url) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(PATIENCE)
                .header("Accept", "*/*")
                .header("User-Agent", "windlass")
                .GET()
                .build();
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return new Answer.Given(
                        response.statusCode(), new String(body.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8));
            }
        } catch (ConnectException refused) {
            return new Answer.None("nobody listens there");
        } catch (HttpTimeoutException late) {
            return new Answer.None("no answer within " + PATIENCE.toSeconds() + " s");
        } catch (IOException broken) {
            return new Answer.None("no answer: " + broken.getMessage());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Answer.None("interrupted");
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
