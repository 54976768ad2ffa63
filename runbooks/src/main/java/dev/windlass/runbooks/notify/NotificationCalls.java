package dev.windlass.runbooks.notify;

import dev.windlass.runbooks.config.Notifications.Email;
import dev.windlass.runbooks.config.Notifications.Slack;
import dev.windlass.runbooks.config.Notifications.Webhook;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect.HttpCall;
import java.util.Optional;

/** How people are told, as effects: planned and announced from here. The text itself is born in the run. */
public final class NotificationCalls {
    private NotificationCalls() {}

    public static HttpCall lookInSlack(Slack slack) {
        return new HttpCall(
                Access.READS,
                "POST",
                slack.api() + "conversations.history",
                Optional.of("channel=" + slack.channel() + "&include_all_metadata=true"),
                Optional.of(slack.token()));
    }

    public static HttpCall postToSlack(Slack slack) {
        return new HttpCall(
                Access.CHANGES,
                "POST",
                slack.api() + "chat.postMessage",
                Optional.of("channel=" + slack.channel() + ", text and metadata with the run's id"),
                Optional.of(slack.token()));
    }

    public static HttpCall sendMail(Email email) {
        return new HttpCall(
                Access.CHANGES,
                "SEND",
                "smtp://" + email.host() + ":" + email.port(),
                Optional.of("to " + String.join(", ", email.to()) + ", Message-ID made from the run's id"),
                email.password());
    }

    public static HttpCall callWebhook(Webhook webhook) {
        return new HttpCall(
                Access.CHANGES,
                "POST",
                webhook.url(),
                Optional.of("the notice as JSON, its id in Windlass-Delivery"),
                webhook.secret());
    }
}
