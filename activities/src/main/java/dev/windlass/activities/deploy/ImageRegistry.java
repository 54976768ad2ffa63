package dev.windlass.activities.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.runbooks.config.Target.RegistryLogin;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect.HttpCall;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.PayloadJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks the registry of a repository what it has, by the <a
 * href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md">distribution specification</a>. Logging in
 * follows <a href="https://distribution.github.io/distribution/spec/auth/token/">its token specification</a>.
 */
final class ImageRegistry implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Without them some registries make a manifest of another kind, with another digest. */
    private static final List<String> KINDS = List.of(
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.v2+json");

    sealed interface Answer {
        /** @param digest of the image or of the list of images for several platforms */
        record Found(String digest) implements Answer {}

        record Unknown() implements Answer {}

        /** Asking again would bring the same. */
        record Refused(String reason) implements Answer {}

        record Silent(String reason) implements Answer {}
    }

    private final RegistryAddress address;
    private final Optional<RegistryLogin> login;
    private final Secrets secrets;
    private final StepContext context;
    private Optional<String> authorization = Optional.empty();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            // A redirect would carry the credential to where nobody configured it.
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    ImageRegistry(String repository, Optional<RegistryLogin> login, Secrets secrets, StepContext context) {
        this.address = RegistryAddress.of(repository);
        this.login = login;
        this.secrets = secrets;
        this.context = context;
    }

    Answer find(Version version) {
        try {
            HttpResponse<String> response = askLoggedIn("HEAD", "/manifests/" + version);
            return switch (response.statusCode()) {
                case 200 ->
                    response.headers()
                            .firstValue("Docker-Content-Digest")
                            .filter(digest -> digest.matches("sha256:[0-9a-f]{64}"))
                            .<Answer>map(Answer.Found::new)
                            .orElseGet(() -> new Answer.Refused("it names no sha256 digest"));
                case 404 -> new Answer.Unknown();
                case 408, 429 -> new Answer.Silent(status(response));
                default ->
                    response.statusCode() >= 500
                            ? new Answer.Silent(status(response))
                            : new Answer.Refused(status(response));
            };
        } catch (RegistryLogins.RefusedException refused) {
            return new Answer.Refused(String.valueOf(refused.getMessage()));
        } catch (IOException broken) {
            return new Answer.Silent(Failure.messageOf(broken));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Answer.Silent("interrupted");
        }
    }

    /** The tags there are, as far as the registry lists them; none when it does not. */
    List<String> tags() {
        List<String> tags = new ArrayList<>();
        try {
            HttpResponse<String> response = askLoggedIn("GET", "/tags/list");
            if (response.statusCode() == 200) {
                for (JsonNode tag :
                        PayloadJson.mapper().readTree(response.body()).path("tags")) {
                    tags.add(tag.asText());
                }
            }
            return tags;
        } catch (JsonProcessingException garbled) {
            return List.of();
        } catch (IOException broken) {
            return List.of();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private String status(HttpResponse<String> response) {
        return "HTTP " + response.statusCode()
                + (login.isPresent() ? " for user " + login.get().user() : ", asked without a login");
    }

    private HttpResponse<String> askLoggedIn(String method, String path) throws IOException, InterruptedException {
        HttpResponse<String> response = ask(method, path);
        Optional<String> challenge = response.headers().firstValue("WWW-Authenticate");
        if (response.statusCode() != 401 || challenge.isEmpty()) {
            return response;
        }
        authorization = new RegistryLogins(client, login, secrets).answer(challenge.get(), address);
        return authorization.isPresent() ? ask(method, path) : response;
    }

    private HttpResponse<String> ask(String method, String path) throws IOException, InterruptedException {
        String url = address.repository() + path;
        context.begun(new HttpCall(Access.READS, method, url, Optional.empty(), login.map(RegistryLogin::secret)));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(PATIENCE)
                .header("Accept", method.equals("HEAD") ? String.join(", ", KINDS) : "application/json")
                .method(method, HttpRequest.BodyPublishers.noBody());
        authorization.ifPresent(words -> request.header("Authorization", words));
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
