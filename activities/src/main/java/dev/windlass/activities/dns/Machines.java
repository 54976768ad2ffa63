package dev.windlass.activities.dns;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.workflows.dns.RecordCheck;
import dev.windlass.workflows.kernel.Effect.HttpCall;
import dev.windlass.workflows.kernel.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.http.HttpEntity;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.jspecify.annotations.Nullable;

/**
 * Asks a machine under a name that may lead elsewhere: Host, SNI and certificate are those of the name, the connection goes
 * to the address. The JDK's client cannot do that without a switch for the whole process.
 */
final class Machines {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LONGEST_ANSWER = 64 * 1024;
    private static final RequestConfig CONFIG = RequestConfig.custom()
            .setConnectTimeout((int) PATIENCE.toMillis())
            .setSocketTimeout((int) PATIENCE.toMillis())
            .build();

    private final Optional<SSLContext> tls;
    private final StepContext context;

    Machines(Optional<Path> trust, StepContext context) {
        this.tls = trust.map(Trust::with);
        this.context = context;
    }

    /**
     * @param call with the address that is asked
     * @return what is wrong; empty when nothing is
     */
    Optional<String> problem(HttpCall call, RecordCheck check) {
        String address = call.address().orElseThrow();
        context.begun(call);
        HttpGet request = new HttpGet(call.url());
        try (CloseableHttpClient client = client(address);
                CloseableHttpResponse response = client.execute(request)) {
            return problem(response, check).map(wrong -> call.url() + " at " + address + ": " + wrong);
        } catch (IOException failed) {
            return Optional.of(call.url() + " at " + address + ": " + words(failed));
        }
    }

    private CloseableHttpClient client(String address) {
        var client = HttpClients.custom()
                .setDnsResolver(name -> new InetAddress[] {InetAddress.getByName(address)})
                .setDefaultRequestConfig(CONFIG)
                .setUserAgent("windlass")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement();
        tls.ifPresent(client::setSSLContext);
        return client.build();
    }

    private static Optional<String> problem(CloseableHttpResponse response, RecordCheck check) throws IOException {
        int status = response.getStatusLine().getStatusCode();
        if (status != check.status()) {
            return Optional.of("status " + status + ", wanted " + check.status());
        }
        if (check.body().isEmpty()) {
            return Optional.empty();
        }
        String wanted = check.body().get();
        return body(response.getEntity()).contains(wanted)
                ? Optional.empty()
                : Optional.of("\"" + wanted + "\" is not in the answer");
    }

    private static String body(@Nullable HttpEntity entity) throws IOException {
        if (entity == null) {
            return "";
        }
        try (InputStream content = entity.getContent()) {
            return new String(content.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
        }
    }

    private static String words(IOException failed) {
        return switch (failed) {
            case ConnectException refused -> "nobody listens there";
            case InterruptedIOException late -> "no answer within " + PATIENCE.toSeconds() + " s";
            case SSLException untrusted -> "TLS: " + Failure.messageOf(untrusted);
            default -> "no answer: " + Failure.messageOf(failed);
        };
    }
}
