package dev.windlass.activities.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.HttpCall;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.PayloadJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the calls of Dokploy's API; what they mean is for others to say. */
final class DokployApi implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final String LIMITED = "HTTP 429";
    private static final int LONGEST_ANSWER = 4 << 20;

    private final Secrets secrets;
    private final StepContext context;
    private final List<Effect> declared;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            // A redirect would carry the key to where nobody configured it.
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** @param declared by the step: nothing else is called */
    DokployApi(Secrets secrets, StepContext context, List<? extends Effect> declared) {
        this.secrets = secrets;
        this.context = context;
        this.declared = List.copyOf(declared);
    }

    sealed interface Answer {
        /** @param body missing when the procedure returns nothing, as application.deploy does */
        record Given(JsonNode body) implements Answer {}

        record Refused(int status, String message) implements Answer {}

        /** Nobody knows whether the call had an effect. */
        record None(String reason, Optional<Duration> retryAfter) implements Answer {
            /** It is there, and has done nothing. */
            boolean isLimited() {
                return reason.equals(LIMITED);
            }
        }
    }

    Answer call(HttpCall call) {
        if (!declared.contains(call)) {
            throw new IllegalArgumentException(
                    "step " + context.token().step() + " does not declare " + call.method() + " " + call.url());
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(call.url()))
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .method(call.method(), call.body().map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
        call.authorization().ifPresent(key -> request.header("x-api-key", secrets.resolve(key)));
        call.body().ifPresent(body -> request.header("Content-Type", "application/json"));
        context.begun(call);
        try {
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return answer(response, new String(body.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8));
            }
        } catch (IOException broken) {
            return new Answer.None(Failure.messageOf(broken), Optional.empty());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Answer.None("interrupted", Optional.empty());
        }
    }

    private static Answer answer(HttpResponse<InputStream> response, String body) {
        int status = response.statusCode();
        if (status == 408 || status == 429 || status >= 500) {
            return new Answer.None("HTTP " + status, retryAfter(response));
        }
        JsonNode json;
        try {
            json = body.isBlank()
                    ? MissingNode.getInstance()
                    : PayloadJson.mapper().readTree(body);
        } catch (JsonProcessingException notDokploy) {
            return new Answer.Refused(status, "the answer is not JSON");
        }
        return status >= 200 && status < 300 ? new Answer.Given(json) : new Answer.Refused(status, words(json));
    }

    private static Optional<Duration> retryAfter(HttpResponse<InputStream> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    }

    private static String words(JsonNode json) {
        List<String> words = new ArrayList<>(List.of(json.path("message").asText("no message")));
        json.path("issues")
                .forEach(issue -> words.add(issue.path("path").path(0).asText("?") + ": "
                        + issue.path("message").asText("wrong")));
        return String.join("; ", words);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
