package dev.windlass.activities.dns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.runbooks.config.Dns;
import dev.windlass.runbooks.dns.CloudflareCalls;
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

/**
 * Makes the calls of Cloudflare's API. Every answer is {@code {"success":…,"errors":[{"code","message"}],"result":…}},
 * https://developers.cloudflare.com/api/ ; 429 comes with Retry-After,
 * https://developers.cloudflare.com/fundamentals/api/reference/limits/ .
 */
final class CloudflareApi implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    /** Who passes the limit is shut out for five minutes. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private static final int LONGEST_ANSWER = 4 << 20;

    private final Dns dns;
    private final Secrets secrets;
    private final StepContext context;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            // A redirect would carry the token to where nobody configured it.
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    CloudflareApi(Dns dns, Secrets secrets, StepContext context) {
        this.dns = dns;
        this.secrets = secrets;
        this.context = context;
    }

    sealed interface Answer {
        /** @param pages how many there are of a list */
        record Given(JsonNode result, int pages) implements Answer {}

        record Refused(int status, String words) implements Answer {
            boolean isAboutTheToken() {
                return status == 401 || status == 403;
            }
        }

        /** Nobody knows whether the call had an effect. */
        record None(String reason) implements Answer {}

        record Limited(Duration pause) implements Answer {}
    }

    /** @throws io.temporal.failure.ApplicationFailure DNS_REFUSED, DNS_UNAVAILABLE */
    Answer.Given need(HttpCall call) {
        return given(call, call(call));
    }

    /** Empty when Cloudflare has no such thing. */
    Optional<Answer.Given> find(HttpCall call) {
        Answer answer = call(call);
        return answer instanceof Answer.Refused refused && refused.status() == 404
                ? Optional.empty()
                : Optional.of(given(call, answer));
    }

    private Answer.Given given(HttpCall call, Answer answer) {
        return switch (answer) {
            case Answer.Given given -> given;
            case Answer.Refused refused -> throw refusal(call, refused);
            case Answer.None none -> throw DnsFailures.unavailable(dns, none.reason());
            case Answer.Limited limited -> throw DnsFailures.limited(limited.pause());
        };
    }

    RuntimeException refusal(HttpCall call, Answer.Refused refused) {
        if (!refused.isAboutTheToken()) {
            return DnsFailures.refused(dns, call, refused.words());
        }
        // Tokens of an account cannot be looked at so, though they are good: only what it says of others counts.
        if (call(CloudflareCalls.of(dns).verifyToken()) instanceof Answer.Given token
                && !token.result().path("status").asText("active").equals("active")) {
            return DnsFailures.inactiveToken(dns, token.result().path("status").asText());
        }
        return DnsFailures.refusedToken(dns, refused.words());
    }

    Answer call(HttpCall call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(call.url()))
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .method(call.method(), call.body().map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
        call.authorization().ifPresent(token -> request.header("Authorization", "Bearer " + secrets.resolve(token)));
        call.body().ifPresent(body -> request.header("Content-Type", "application/json"));
        context.begun(call);
        try {
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return answer(response, new String(body.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8));
            }
        } catch (IOException broken) {
            return new Answer.None(Failure.messageOf(broken));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Answer.None("interrupted");
        }
    }

    private static Answer answer(HttpResponse<InputStream> response, String body) {
        int status = response.statusCode();
        if (status == 429) {
            return new Answer.Limited(retryAfter(response));
        }
        if (status == 408 || status >= 500) {
            return new Answer.None("HTTP " + status);
        }
        JsonNode json;
        try {
            json = PayloadJson.mapper().readTree(body);
        } catch (JsonProcessingException notCloudflare) {
            return new Answer.Refused(status, "HTTP " + status + ", and the answer is not JSON");
        }
        return status >= 200 && status < 300 && json.path("success").asBoolean()
                ? new Answer.Given(
                        json.path("result"),
                        json.path("result_info").path("total_pages").asInt(1))
                : new Answer.Refused(status, words(status, json.path("errors")));
    }

    private static Duration retryAfter(HttpResponse<InputStream> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .filter(wait -> wait.compareTo(LONGEST_WAIT) <= 0)
                .orElse(LONGEST_WAIT);
    }

    private static String words(int status, JsonNode errors) {
        List<String> words = new ArrayList<>();
        errors.forEach(error -> {
            words.add(word(error));
            error.path("error_chain").forEach(more -> words.add(word(more)));
        });
        return words.isEmpty() ? "HTTP " + status : String.join(", ", words);
    }

    private static String word(JsonNode error) {
        return error.path("code").asText("?") + " " + error.path("message").asText("no message");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
