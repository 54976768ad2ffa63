package dev.windlass.activities.notify;

import static dev.windlass.activities.notify.Notices.BROKEN;
import static dev.windlass.activities.notify.Notices.failureOf;
import static dev.windlass.activities.notify.Notices.in;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.config.Notifications.Email;
import dev.windlass.runbooks.config.Notifications.Email.Encryption;
import dev.windlass.runbooks.notify.NotificationCalls;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.notify.ChannelName;
import dev.windlass.workflows.notify.PostReceipt;
import dev.windlass.workflows.notify.PostReceipt.Delivery;
import io.temporal.failure.ApplicationFailure;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class EmailNoticesTest {
    @TempDir
    Path directory;

    private final Notices notices = new Notices();
    private NoticeDouble server;

    @BeforeEach
    void start() throws Exception {
        server = NoticeDouble.start(directory, "smtp");
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void sendsPlainTextToEveryone() throws Exception {
        PostReceipt receipt = channel(Encryption.NONE).post(BROKEN, notices.step());

        assertThat(receipt.channel()).isEqualTo(ChannelName.EMAIL);
        assertThat(receipt.delivery()).isEqualTo(Delivery.POSTED);
        assertThat(server.messages()).hasSize(1);
        assertThat(server.messages().getFirst().path("to").toString())
                .isEqualTo("[\"anna@example.com\",\"ben@example.com\"]");
        MimeMessage mail = mail(0);
        assertThat(mail.getSubject()).isEqualTo(BROKEN.headline());
        assertThat(mail.getContentType()).isEqualTo("text/plain; charset=UTF-8");
        assertThat(mail.getContent().toString().replace("\r\n", "\n"))
                .isEqualTo(BROKEN.headline()
                        + "\nhint: renew the key\nsee: runbooks/backup.md#storage-refused\n"
                        + "run: http://127.0.0.1:8233/namespaces/default/workflows/backup%2Fnightly/run-1\n");
        assertThat(mail.getHeader("Auto-Submitted", null)).isEqualTo("auto-generated");
        assertThat(notices.announced).containsExactly(NotificationCalls.sendMail(settings(Encryption.NONE)));
    }

    @Test
    void keepsTheMessageIdWhenTheAnswerWasLost() throws Exception {
        server.order("DATA END", 1, "drop-answer");

        ApplicationFailure lost = failureOf(() -> channel(Encryption.NONE).post(BROKEN, notices.step()));
        PostReceipt again = channel(Encryption.NONE).post(BROKEN, notices.step());
        channel(Encryption.NONE).post(Notices.named("run-2/proven"), notices.step());

        assertThat(in(lost).type()).isEqualTo(FailureType.NOTIFICATION_UNAVAILABLE);
        assertThat(server.messages()).hasSize(3);
        assertThat(again.reference()).matches("<[0-9a-f]{16}@windlass>");
        assertThat(mail(0).getMessageID()).isEqualTo(again.reference());
        assertThat(mail(1).getMessageID()).isEqualTo(again.reference());
        assertThat(mail(2).getMessageID()).isNotEqualTo(again.reference());
    }

    @Test
    void triesAgainAfterAPassingReply() {
        server.order("^MAIL", 1, "status 450");

        ApplicationFailure later = failureOf(() -> channel(Encryption.NONE).post(BROKEN, notices.step()));

        assertThat(in(later).fact()).isEqualTo(who() + " did not take the notice: 450 ordered fault");
        assertThat(later.isNonRetryable()).isFalse();
        assertThat(server.messages()).isEmpty();
    }

    @Test
    void refusesAfterAReplyForGood() {
        server.order("^MAIL", 1, "status 550");

        ApplicationFailure refused = failureOf(() -> channel(Encryption.NONE).post(BROKEN, notices.step()));

        assertThat(refused.getOriginalMessage())
                .isEqualTo(who() + " refused the notice: 550 ordered fault\n"
                        + "hint: correct from and to of notifications.email in ops.yml, or let the server relay for"
                        + " them\nsee: runbooks/backup.md#notification-refused");
        assertThat(refused.isNonRetryable()).isTrue();
    }

    @Test
    void neverFallsBackToClearText() {
        ApplicationFailure refused =
                failureOf(() -> channel(Encryption.STARTTLS).post(BROKEN, notices.step()));

        assertThat(refused.getOriginalMessage())
                .isEqualTo(who() + " refused the notice: STARTTLS is required but host does not support STARTTLS\n"
                        + "hint: correct host, port and encryption of notifications.email in ops.yml\n"
                        + "see: runbooks/backup.md#notification-refused");
        assertThat(server.messages()).isEmpty();
    }

    @Test
    void doesNotWaitForeverForAReply() {
        server.order("^EHLO", 0, "hang");

        ApplicationFailure silent = failureOf(() -> channel(Encryption.NONE).post(BROKEN, notices.step()));

        assertThat(in(silent).type()).isEqualTo(FailureType.NOTIFICATION_UNAVAILABLE);
        server.clearFaults();
    }

    @Test
    void triesAgainWhenNobodyListens() throws Exception {
        EmailNotices channel = channel(Encryption.NONE);
        server.close();

        ApplicationFailure gone = failureOf(() -> channel.post(BROKEN, notices.step()));

        assertThat(in(gone).type()).isEqualTo(FailureType.NOTIFICATION_UNAVAILABLE);
    }

    private EmailNotices channel(Encryption encryption) {
        return new EmailNotices(
                settings(encryption), reference -> "", Notices.LINKS, Duration.ofSeconds(2), Clock.systemUTC());
    }

    private Email settings(Encryption encryption) {
        String[] address = server.address("smtp").split(":");
        return new Email(
                address[0],
                Integer.parseInt(address[1]),
                encryption,
                Optional.empty(),
                Optional.empty(),
                "windlass@example.com",
                List.of("anna@example.com", "ben@example.com"));
    }

    private String who() {
        return "mail server " + server.address("smtp");
    }

    private MimeMessage mail(int at) throws Exception {
        String data = server.messages().get(at).path("data").asText();
        return new MimeMessage(
                Session.getInstance(new Properties()), new ByteArrayInputStream(data.getBytes(StandardCharsets.UTF_8)));
    }
}
