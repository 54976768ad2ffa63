package dev.windlass.activities.notify;

import com.slack.api.Slack;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.runbooks.config.Notifications;
import dev.windlass.runbooks.notify.NotificationCalls;
import dev.windlass.workflows.notify.ChannelName;
import dev.windlass.workflows.notify.Notice;
import dev.windlass.workflows.notify.PostReceipt;
import dev.windlass.workflows.notify.PostReceipt.Delivery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Posts to a Slack channel. chat.postMessage has no idempotency key, so the channel's history is asked first for the
 * notice's id, which every message carries in its metadata.
 */
final class SlackNotices implements NoticeChannel {
    static final String NAME = "slack";

    /**
     * @param connect until the connection stands
     * @param answer for one whole call
     * @param searching for all pages of the history; with one more answer it stays below the activity's two minutes, or
     *     this attempt could still post while the next one already looks
     */
    record Timing(Duration connect, Duration answer, Duration searching) {
        static final Timing ORDINARY =
                new Timing(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(60));
    }

    private final Notifications.Slack settings;
    private final Secrets secrets;
    private final RunLinks links;
    private final Timing timing;
    private final Clock clock;
    private final Slack slack;
    private final SlackAnswers answers;

    SlackNotices(Notifications.Slack settings, Secrets secrets, RunLinks links, Timing timing, Clock clock) {
        this.settings = settings;
        this.secrets = secrets;
        this.links = links;
        this.timing = timing;
        this.clock = clock;
        this.slack = SlackClients.of(settings.api(), timing);
        this.answers = new SlackAnswers(settings, settings.channel(), clock);
    }

    @Override
    public PostReceipt post(Notice notice, StepContext step) {
        Instant begun = clock.instant();
        MethodsClient client = slack.methods(SlackTokens.resolve(secrets, settings.token(), "the bot token (xoxb-…)"));
        step.begun(NotificationCalls.lookInSlack(settings));
        Optional<String> earlier = new SlackHistory(client, answers, settings.channel(), SlackMessage.EVENT)
                .find(notice.id(), begun.minus(SlackHistory.WINDOW));
        if (earlier.isPresent()) {
            return new PostReceipt(ChannelName.SLACK, earlier.get(), Delivery.FOUND);
        }
        Duration searched = Duration.between(begun, clock.instant());
        if (searched.compareTo(timing.searching()) > 0) {
            throw NotificationFailures.unavailable(
                    NAME, "looking for an earlier post took " + searched.toSeconds() + " s", null);
        }
        step.begun(NotificationCalls.postToSlack(settings));
        ChatPostMessageResponse answer = answers.take(
                () -> client.chatPostMessage(SlackMessage.of(notice, links.to(notice), settings.channel())));
        return new PostReceipt(ChannelName.SLACK, answer.getTs(), Delivery.POSTED);
    }
}
