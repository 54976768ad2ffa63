package dev.windlass.runbooks.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.config.Notifications.Email;
import dev.windlass.runbooks.config.Notifications.Email.Encryption;
import dev.windlass.runbooks.config.Notifications.Slack;
import dev.windlass.runbooks.config.Notifications.Webhook;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect.HttpCall;
import dev.windlass.workflows.kernel.SecretReference;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NotificationCallsTest {
    private static final SecretReference SECRET = new SecretReference("env:SECRET");

    @Test
    void slackIsAskedBeforeItIsTold() {
        Slack slack = new Slack(SECRET, "C0123456789", "https://slack.com/api/");

        assertThat(NotificationCalls.lookInSlack(slack))
                .isEqualTo(new HttpCall(
                        Access.READS,
                        "POST",
                        "https://slack.com/api/conversations.history",
                        Optional.of("channel=C0123456789&include_all_metadata=true"),
                        Optional.of(SECRET)));
        assertThat(NotificationCalls.postToSlack(slack))
                .isEqualTo(new HttpCall(
                        Access.CHANGES,
                        "POST",
                        "https://slack.com/api/chat.postMessage",
                        Optional.of("channel=C0123456789, text and metadata with the run's id"),
                        Optional.of(SECRET)));
    }

    @Test
    void mailNamesItsRecipients() {
        Email email = new Email(
                "mail.example.com",
                587,
                Encryption.STARTTLS,
                Optional.empty(),
                Optional.empty(),
                "from@example.com",
                List.of("a@example.com", "b@example.com"));

        assertThat(NotificationCalls.sendMail(email))
                .isEqualTo(new HttpCall(
                        Access.CHANGES,
                        "SEND",
                        "smtp://mail.example.com:587",
                        Optional.of("to a@example.com, b@example.com, Message-ID made from the run's id"),
                        Optional.empty()));
    }

    @Test
    void webhookNamesItsSecret() {
        assertThat(NotificationCalls.callWebhook(new Webhook("https://hooks.example.com/x", Optional.of(SECRET))))
                .isEqualTo(new HttpCall(
                        Access.CHANGES,
                        "POST",
                        "https://hooks.example.com/x",
                        Optional.of("the notice as JSON, its id in Windlass-Delivery"),
                        Optional.of(SECRET)));
    }
}
