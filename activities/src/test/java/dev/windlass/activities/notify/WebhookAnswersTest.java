package dev.windlass.activities.notify;

import static dev.windlass.activities.notify.Notices.BROKEN;
import static dev.windlass.activities.notify.Notices.failureOf;
import static dev.windlass.activities.notify.Notices.in;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.windlass.runbooks.config.Notifications.Webhook;
import io.temporal.failure.ApplicationFailure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Headers that receivers answer with. */
class WebhookAnswersTest {
    private final List<String> asked = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void waitsAsLongAsTheReceiverAsks() {
        answer(429, "Retry-After", "7");

        ApplicationFailure limited = failureOf(this::post);

        assertThat(limited.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(7));
        assertThat(limited.isNonRetryable()).isFalse();
    }

    @Test
    void followsNoRedirect() {
        answer(307, "Location", "/elsewhere");

        ApplicationFailure refused = failureOf(this::post);

        assertThat(in(refused).hint())
                .isEqualTo("redirects are not followed: write the final address into notifications.webhook.url of"
                        + " ops.yml");
        assertThat(asked).containsExactly("/hook");
    }

    private void answer(int status, String header, String value) {
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            exchange.getResponseHeaders().set(header, value);
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
    }

    private void post() {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
        new WebhookNotices(
                        new Webhook(url, Optional.empty()),
                        reference -> "",
                        Notices.LINKS,
                        Duration.ofSeconds(5),
                        Clock.systemUTC())
                .post(BROKEN, new Notices().step());
    }
}
