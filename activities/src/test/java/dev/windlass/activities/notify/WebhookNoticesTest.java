package dev.windlass.activities.notify;

import static dev.windlass.activities.notify.Notices.BROKEN;
import static dev.windlass.activities.notify.Notices.failureOf;
import static dev.windlass.activities.notify.Notices.in;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.windlass.runbooks.config.Notifications.Webhook;
import dev.windlass.runbooks.notify.NotificationCalls;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.notify.ChannelName;
import dev.windlass.workflows.notify.PostReceipt;
import dev.windlass.workflows.notify.PostReceipt.Delivery;
import io.temporal.failure.ApplicationFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class WebhookNoticesTest {
    private static final SecretReference SECRET = new SecretReference("env:WEBHOOK");

    @TempDir
    Path directory;

    private final Notices notices = new Notices();
    private NoticeDouble receiver;

    @BeforeEach
    void start() throws Exception {
        receiver = NoticeDouble.start(directory, "webhook");
    }

    @AfterEach
    void stop() throws Exception {
        receiver.close();
    }

    @Test
    void postsTheNoticeAsJsonWithItsId() {
        PostReceipt receipt = channel(Optional.empty()).post(BROKEN, notices.step());

        assertThat(receipt).isEqualTo(new PostReceipt(ChannelName.WEBHOOK, "run-1/broken", Delivery.POSTED));
        assertThat(receiver.messages()).hasSize(1);
        JsonNode message = receiver.messages().getFirst();
        assertThat(message.path("body").asText())
                .isEqualTo("{\"headline\":\"backup failed: store r2 refused: 403 <AccessDenied> & Grüße\","
                        + "\"id\":\"run-1/broken\",\"lines\":[\"hint: renew the key\","
                        + "\"see: runbooks/backup.md#storage-refused\"],"
                        + "\"link\":\"http://127.0.0.1:8233/namespaces/default/workflows/backup%2Fnightly/run-1\","
                        + "\"runId\":\"run-1\",\"severity\":\"BAD\",\"workflowId\":\"backup/nightly\"}");
        assertThat(message.at("/headers/Windlass-delivery/0").asText()).isEqualTo("run-1/broken");
        assertThat(message.at("/headers/Windlass-signature").isMissingNode()).isTrue();
        assertThat(notices.announced).containsExactly(NotificationCalls.callWebhook(settings(Optional.empty())));
    }

    @Test
    void signsTheBytesItSends() throws Exception {
        channel(Optional.of(SECRET)).post(BROKEN, notices.step());

        JsonNode message = receiver.messages().getFirst();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("schlüssel".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String expected = HexFormat.of()
                .formatHex(mac.doFinal(message.path("body").asText().getBytes(StandardCharsets.UTF_8)));
        assertThat(message.at("/headers/Windlass-signature/0").asText()).isEqualTo("sha256=" + expected);
    }

    @Test
    void keepsTheIdWhenTheAnswerWasLost() {
        receiver.order("POST", 1, "drop-answer");

        ApplicationFailure lost = failureOf(() -> channel(Optional.empty()).post(BROKEN, notices.step()));
        channel(Optional.empty()).post(BROKEN, notices.step());

        assertThat(in(lost).type()).isEqualTo(FailureType.NOTIFICATION_UNAVAILABLE);
        assertThat(receiver.messages())
                .hasSize(2)
                .allSatisfy(message -> assertThat(
                                message.at("/headers/Windlass-delivery/0").asText())
                        .isEqualTo("run-1/broken"));
    }

    @Test
    void triesAgainWhatMayPass() {
        for (int status : new int[] {408, 429, 500, 503}) {
            receiver.order("POST", 1, "status " + status);
            ApplicationFailure later = failureOf(() -> channel(Optional.empty()).post(BROKEN, notices.step()));
            assertThat(in(later).fact())
                    .isEqualTo("webhook " + receiver.address("webhook") + " did not take the notice: HTTP " + status);
            assertThat(later.isNonRetryable()).isFalse();
        }
        assertThat(receiver.messages()).isEmpty();
    }

    @Test
    void refusesWhatWillNotPassWithoutRepeatingThePath() {
        receiver.order("POST", 1, "status 404");

        ApplicationFailure refused = failureOf(() -> channel(Optional.empty()).post(BROKEN, notices.step()));

        assertThat(refused.getOriginalMessage())
                .isEqualTo("webhook " + receiver.address("webhook") + " refused the notice: HTTP 404\n"
                        + "hint: correct notifications.webhook.url in ops.yml, and look into the receiver's log\n"
                        + "see: runbooks/backup.md#notification-refused");
        assertThat(refused.isNonRetryable()).isTrue();
    }

    @Test
    void saysWhichSecretTheReceiverRefused() {
        receiver.order("POST", 1, "expire-key");

        ApplicationFailure refused =
                failureOf(() -> channel(Optional.of(SECRET)).post(BROKEN, notices.step()));

        assertThat(in(refused).hint()).isEqualTo("give the receiver the same secret as env:WEBHOOK");
    }

    @Test
    void doesNotWaitForeverForAnAnswer() {
        receiver.order("POST", 1, "hang");

        ApplicationFailure silent = failureOf(() -> channel(Optional.empty()).post(BROKEN, notices.step()));

        assertThat(in(silent).type()).isEqualTo(FailureType.NOTIFICATION_UNAVAILABLE);
        receiver.clearFaults();
    }

    private WebhookNotices channel(Optional<SecretReference> secret) {
        return new WebhookNotices(
                settings(secret), reference -> "schlüssel", Notices.LINKS, Duration.ofSeconds(2), Clock.systemUTC());
    }

    private Webhook settings(Optional<SecretReference> secret) {
        return new Webhook(receiver.address("webhook") + "/hooks/with-a-key", secret);
    }
}
