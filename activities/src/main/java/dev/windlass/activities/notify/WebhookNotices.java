package dev.windlass.activities.notify;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.runbooks.config.Notifications.Webhook;
import dev.windlass.runbooks.notify.NotificationCalls;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.notify.ChannelName;
import dev.windlass.workflows.notify.Notice;
import dev.windlass.workflows.notify.Notice.Severity;
import dev.windlass.workflows.notify.PostReceipt;
import dev.windlass.workflows.notify.PostReceipt.Delivery;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Posts notices as JSON to a URL. Delivery is at least once; the receiver drops a Windlass-Delivery it knows. */
final class WebhookNotices implements NoticeChannel {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What is posted; the receiver's contract. */
    record Body(
            String id,
            Severity severity,
            String headline,
            List<String> lines,
            String workflowId,
            String runId,
            Optional<String> link) {}

    private final Webhook settings;
    private final Secrets secrets;
    private final RunLinks links;
    private final Duration patience;
    private final Clock clock;
    private final HttpClient http;

    WebhookNotices(Webhook settings, Secrets secrets, RunLinks links, Duration patience, Clock clock) {
        this.settings = settings;
        this.secrets = secrets;
        this.links = links;
        this.patience = patience;
        this.clock = clock;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                // A redirect would carry the notice to where nobody configured it.
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public PostReceipt post(Notice notice, StepContext step) {
        byte[] body = PayloadJson.canonical(new Body(
                        notice.id(),
                        notice.severity(),
                        notice.headline(),
                        notice.lines(),
                        notice.workflowId(),
                        notice.runId(),
                        links.to(notice)))
                .getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(settings.url()))
                .timeout(patience)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", "windlass")
                .header("Windlass-Delivery", notice.id())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        settings.secret()
                .map(secrets::resolve)
                .ifPresent(secret -> request.header("Windlass-Signature", "sha256=" + signature(secret, body)));
        step.begun(NotificationCalls.callWebhook(settings));
        judge(send(request.build()));
        return new PostReceipt(ChannelName.WEBHOOK, notice.id(), Delivery.POSTED);
    }

    private HttpResponse<InputStream> send(HttpRequest request) {
        try {
            HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            // Only the status counts; the request's timeout does not cover a body that trickles.
            answer.body().close();
            return answer;
        } catch (IOException unreachable) {
            throw NotificationFailures.unavailable(who(), Failure.messageOf(unreachable), unreachable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw NotificationFailures.unavailable(who(), "interrupted while waiting for its answer", stopped);
        }
    }

    private void judge(HttpResponse<InputStream> answer) {
        int status = answer.statusCode();
        if (status >= 200 && status < 300) {
            return;
        }
        throw failure(status, answer);
    }

    private ApplicationFailure failure(int status, HttpResponse<InputStream> answer) {
        if (status == 408 || status == 429 || status >= 500) {
            Optional<Duration> wait =
                    answer.headers().firstValue("Retry-After").flatMap(header -> RetryAfter.read(header, clock));
            return NotificationFailures.unavailable(who(), "HTTP " + status, wait, null);
        }
        return NotificationFailures.refused(who(), "HTTP " + status, hint(status), null);
    }

    private String hint(int status) {
        if (status >= 300 && status < 400) {
            return "redirects are not followed: write the final address into notifications.webhook.url of ops.yml";
        }
        if (status == 401 || status == 403) {
            return settings.secret()
                    .map(secret -> "give the receiver the same secret as " + secret)
                    .orElse("the receiver wants a signature: set notifications.webhook.secret in ops.yml");
        }
        return "correct notifications.webhook.url in ops.yml, and look into the receiver's log";
    }

    /** Without the path: some receivers have their key in it. */
    private String who() {
        URI url = URI.create(settings.url());
        return "webhook " + url.getScheme() + "://" + url.getRawAuthority();
    }

    private static String signature(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has HmacSHA256", missing);
        }
    }
}
