package dev.windlass.runbooks.notify;

import dev.windlass.runbooks.config.Notifications;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The last step of a run: people hear of it once. */
public final class NotificationSteps {
    private NotificationSteps() {}

    /** Empty where ops.yml names no channel. */
    public static Optional<Step> tell(StepId step, Notifications notifications, String title) {
        List<Effect> effects = new ArrayList<>();
        notifications.slack().ifPresent(slack -> {
            effects.add(NotificationCalls.lookInSlack(slack));
            effects.add(NotificationCalls.postToSlack(slack));
        });
        notifications.email().map(NotificationCalls::sendMail).ifPresent(effects::add);
        notifications.webhook().map(NotificationCalls::callWebhook).ifPresent(effects::add);
        return effects.isEmpty() ? Optional.empty() : Optional.of(Step.of(step, title, effects));
    }
}
