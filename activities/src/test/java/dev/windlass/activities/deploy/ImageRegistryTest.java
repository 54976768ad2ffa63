package dev.windlass.activities.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.windlass.activities.deploy.ImageRegistry.Answer;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.activities.shell.EnvironmentSecrets;
import dev.windlass.runbooks.config.Target.RegistryLogin;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.StepId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A registry that asks for logins as the distribution's specifications say. */
class ImageRegistryTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);
    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString("bot:hunter2".getBytes(StandardCharsets.UTF_8));
    private static final RegistryLogin LOGIN = new RegistryLogin("bot", new SecretReference("env:TOKEN"));

    private final HttpServer server;
    private final List<String> asked = new ArrayList<>();
    private final List<Effect> journal = new ArrayList<>();
    private String challenge = "";
    private String wanted = "";
    private int tokens = 200;
    private int status = 200;

    ImageRegistryTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", this::giveToken);
        server.createContext("/v2/acme/shop/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aPublicRegistryIsAskedWithoutALogin() {
        assertThat(find("v1", Optional.empty())).isEqualTo(new Answer.Found(DIGEST));
        assertThat(asked).containsExactly("HEAD /v2/acme/shop/manifests/v1 none");
        assertThat(find("v9", Optional.empty())).isEqualTo(new Answer.Unknown());
    }

    @Test
    void aTokenIsFetchedWithTheLoginAndNeverSentInClearElsewhere() {
        bearer();
        assertThat(find("v1", Optional.of(LOGIN))).isEqualTo(new Answer.Found(DIGEST));
        assertThat(asked)
                .containsExactly(
                        "HEAD /v2/acme/shop/manifests/v1 none",
                        "GET /token?service=registry&scope=repository%3Aacme%2Fshop%3Apull " + BASIC,
                        "HEAD /v2/acme/shop/manifests/v1 Bearer t0ken");
        assertThat(journal.toString()).doesNotContain("hunter2").doesNotContain("t0ken");
    }

    @Test
    void aTokenForNobodyReadsPublicImages() {
        bearer();
        assertThat(find("v1", Optional.empty())).isEqualTo(new Answer.Found(DIGEST));
        assertThat(asked).contains("GET /token?service=registry&scope=repository%3Aacme%2Fshop%3Apull none");
    }

    @Test
    void aLoginThatIsNotAcceptedIsRefused() {
        bearer();
        tokens = 401;
        assertThat(find("v1", Optional.of(LOGIN)))
                .isEqualTo(new Answer.Refused("HTTP 401 of 127.0.0.1, which gives its tokens, for user bot"));
        tokens = 503;
        assertThat(find("v1", Optional.of(LOGIN)))
                .isEqualTo(new Answer.Silent("HTTP 503 of 127.0.0.1, which gives its tokens"));
    }

    @Test
    void aPasswordGoesToNoAddressThatIsNotHttps() {
        wanted = "Bearer t0ken";
        challenge = "Bearer realm=\"http://tokens.example.com/\",service=\"registry\"";
        assertThat(find("v1", Optional.of(LOGIN)))
                .isEqualTo(new Answer.Refused("it sends logins to an address that is not https"));
        assertThat(asked).containsExactly("HEAD /v2/acme/shop/manifests/v1 none");
    }

    @Test
    void aRegistryMayAskForTheLoginItself() {
        wanted = BASIC;
        challenge = "Basic realm=\"registry\"";
        assertThat(find("v1", Optional.of(LOGIN))).isEqualTo(new Answer.Found(DIGEST));
        assertThat(find("v1", Optional.empty())).isEqualTo(new Answer.Refused("HTTP 401, asked without a login"));
        challenge = "Negotiate";
        assertThat(find("v1", Optional.of(LOGIN)))
                .isEqualTo(new Answer.Refused("it asks for a login of kind negotiate"));
    }

    @Test
    void troubleIsToldFromAnAnswer() {
        status = 403;
        assertThat(find("v1", Optional.of(LOGIN))).isEqualTo(new Answer.Refused("HTTP 403 for user bot"));
        status = 429;
        assertThat(find("v1", Optional.empty())).isEqualTo(new Answer.Silent("HTTP 429, asked without a login"));
        status = 502;
        assertThat(find("v1", Optional.empty())).isEqualTo(new Answer.Silent("HTTP 502, asked without a login"));
        server.stop(0);
        assertThat(find("v1", Optional.empty())).isInstanceOf(Answer.Silent.class);
    }

    @Test
    void tagsAreListedWhereTheRegistryListsThem() {
        bearer();
        try (ImageRegistry registry = registry(Optional.of(LOGIN))) {
            assertThat(registry.tags()).containsExactly("v1", "v2");
        }
        status = 500;
        try (ImageRegistry registry = registry(Optional.of(LOGIN))) {
            assertThat(registry.tags()).isEmpty();
        }
    }

    @Test
    void plainHttpIsForThisMachineAlone() {
        assertThat(RegistryAddress.of("ghcr.io/acme/shop").repository()).isEqualTo("https://ghcr.io/v2/acme/shop");
        assertThat(RegistryAddress.of("registry.internal:5000/shop").repository())
                .isEqualTo("https://registry.internal:5000/v2/shop");
        assertThat(RegistryAddress.of("localhost:5000/acme/shop").repository())
                .isEqualTo("http://localhost:5000/v2/acme/shop");
        assertThat(RegistryAddress.of("127.0.0.1.example.com/shop").isHere()).isFalse();
        assertThat(RegistryAddress.of("docker.io/acme/shop").repository())
                .isEqualTo("https://registry-1.docker.io/v2/acme/shop");
        assertThat(RegistryAddress.of("docker.io/redis").repository())
                .isEqualTo("https://registry-1.docker.io/v2/library/redis");
    }

    private void bearer() {
        wanted = "Bearer t0ken";
        challenge = "Bearer realm=\"http://127.0.0.1:" + server.getAddress().getPort()
                + "/token\",service=\"registry\",scope=\"repository:acme/shop:pull\"";
    }

    private Answer find(String version, Optional<RegistryLogin> login) {
        try (ImageRegistry registry = registry(login)) {
            return registry.find(new Version(version));
        }
    }

    private ImageRegistry registry(Optional<RegistryLogin> login) {
        StepContext context = new StepContext(
                new StepToken("deploy", "run", StepId.of("plan")),
                progress -> {},
                (step, effect) -> journal.add(effect));
        return new ImageRegistry(
                "127.0.0.1:" + server.getAddress().getPort() + "/acme/shop",
                login,
                new EnvironmentSecrets(Map.of("TOKEN", "hunter2")),
                context);
    }

    private void giveToken(HttpExchange exchange) throws IOException {
        note(exchange);
        send(exchange, tokens, "{\"token\":\"t0ken\",\"expires_in\":300}");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String authorization = note(exchange);
        if (!wanted.isEmpty() && !authorization.equals(wanted)) {
            exchange.getResponseHeaders().add("WWW-Authenticate", challenge);
            send(exchange, 401, "{\"errors\":[{\"code\":\"UNAUTHORIZED\"}]}");
        } else if (exchange.getRequestURI().getPath().endsWith("/tags/list")) {
            send(exchange, status, "{\"name\":\"acme/shop\",\"tags\":[\"v1\",\"v2\"]}");
        } else if (exchange.getRequestURI().getPath().endsWith("/v9")) {
            send(exchange, 404, "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}");
        } else {
            exchange.getResponseHeaders().add("Docker-Content-Digest", DIGEST);
            send(exchange, status, "");
        }
    }

    private String note(HttpExchange exchange) {
        String authorization = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("none");
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + authorization);
        return authorization;
    }

    /** An answer to HEAD has no body. */
    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            boolean isEmpty = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, isEmpty ? -1 : bytes.length);
            if (!isEmpty) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }
}
