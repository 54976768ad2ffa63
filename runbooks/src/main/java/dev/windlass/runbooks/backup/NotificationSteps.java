package dev.windlass.runbooks.backup;

import dev.windlass.runbooks.config.Notifications;
import dev.windlass.workflows.backup.BackupSteps;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.HttpCall;
import dev.windlass.workflows.kernel.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The last step of a run: people hear of it once. */
final class NotificationSteps {
    private NotificationSteps() {}

    /** Empty where ops.yml names no channel. */
    static Optional<Step> tell(Notifications notifications, String title) {
        List<Effect> effects = new ArrayList<>();
        notifications.slack().ifPresent(slack -> {
            effects.add(new HttpCall(
                    Access.READS,
                    "POST",
                    slack.api() + "conversations.history",
                    Optional.of("channel=" + slack.channel() + "&include_all_metadata=true"),
                    Optional.of(slack.token())));
            effects.add(new HttpCall(
                    Access.CHANGES,
                    "POST",
                    slack.api() + "chat.postMessage",
                    Optional.of("channel=" + slack.channel() + ", text and metadata with the run's id"),
                    Optional.of(slack.token())));
        });
        notifications
                .email()
                .ifPresent(email -> effects.add(new HttpCall(
                        Access.CHANGES,
                        "SEND",
                        "smtp://" + email.host() + ":" + email.port(),
                        Optional.of("to " + String.join(", ", email.to()) + ", Message-ID made from the run's id"),
                        email.password())));
        notifications
                .webhook()
                .ifPresent(webhook -> effects.add(new HttpCall(
                        Access.CHANGES,
                        "POST",
                        webhook.url(),
                        Optional.of("the notice as JSON, its id in Windlass-Delivery"),
                        webhook.secret())));
        return effects.isEmpty() ? Optional.empty() : Optional.of(Step.of(BackupSteps.NOTIFY, title, effects));
    }
}
