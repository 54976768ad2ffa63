package dev.windlass.activities.notify;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.runbooks.config.Notifications;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.notify.ChannelName;
import dev.windlass.workflows.notify.NoticeOrder;
import dev.windlass.workflows.notify.NotifyActivities;
import dev.windlass.workflows.notify.PostReceipt;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Tells people, each channel on its own. */
public final class NotifyActivitiesImpl implements NotifyActivities {
    private final Map<ChannelName, NoticeChannel> channels;
    private final Supplier<StepContext> steps;

    /**
     * @param namespace the Temporal namespace that links to runs name
     * @param steps the context of the step {@code notify} of the activity that is running
     */
    public NotifyActivitiesImpl(
            Notifications notifications, String namespace, Secrets secrets, Clock clock, Supplier<StepContext> steps) {
        this(configured(notifications, namespace, secrets, clock), steps);
    }

    NotifyActivitiesImpl(Map<ChannelName, NoticeChannel> channels, Supplier<StepContext> steps) {
        this.channels = new EnumMap<>(ChannelName.class);
        this.channels.putAll(channels);
        this.steps = steps;
    }

    private static Map<ChannelName, NoticeChannel> configured(
            Notifications notifications, String namespace, Secrets secrets, Clock clock) {
        RunLinks links = new RunLinks(notifications.temporalUi(), namespace);
        Map<ChannelName, NoticeChannel> channels = new EnumMap<>(ChannelName.class);
        notifications
                .slack()
                .ifPresent(slack -> channels.put(
                        ChannelName.SLACK,
                        new SlackNotices(slack, secrets, links, SlackNotices.Timing.ORDINARY, clock)));
        notifications
                .email()
                .ifPresent(email -> channels.put(
                        ChannelName.EMAIL, new EmailNotices(email, secrets, links, EmailNotices.PATIENCE, clock)));
        notifications
                .webhook()
                .ifPresent(webhook -> channels.put(
                        ChannelName.WEBHOOK,
                        new WebhookNotices(webhook, secrets, links, WebhookNotices.PATIENCE, clock)));
        return channels;
    }

    // Safe to run twice: reads configuration only.
    @Override
    public List<ChannelName> channels() {
        return List.copyOf(channels.keySet());
    }

    // Safe to run twice: Slack is asked for the notice's id first; an e-mail keeps its Message-ID, a webhook its
    // delivery id.
    @Override
    public PostReceipt post(NoticeOrder order) {
        NoticeChannel channel = channels.get(order.channel());
        if (channel == null) {
            throw new Failure(
                            FailureType.CONFIGURATION,
                            "ops.yml has no channel " + order.channel() + " any more",
                            "nothing, if it was removed on purpose; else put it back under notifications",
                            NotificationFailures.REFUSED)
                    .asException();
        }
        return channel.post(order.notice(), steps.get());
    }
}
