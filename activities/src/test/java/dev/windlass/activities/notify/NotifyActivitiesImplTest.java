package dev.windlass.activities.notify;

import static dev.windlass.activities.notify.Notices.BROKEN;
import static dev.windlass.activities.notify.Notices.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.config.Notifications;
import dev.windlass.runbooks.config.Notifications.Slack;
import dev.windlass.runbooks.config.Notifications.Webhook;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.notify.ChannelName;
import dev.windlass.workflows.notify.NoticeOrder;
import dev.windlass.workflows.notify.PostReceipt;
import dev.windlass.workflows.notify.PostReceipt.Delivery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NotifyActivitiesImplTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);

    private final Notices notices = new Notices();

    @Test
    void listsTheChannelsOfOpsYml() {
        Notifications notifications = new Notifications(
                Optional.empty(),
                Optional.of(new Slack(new SecretReference("env:S"), "C0123456789", "https://slack.com/api/")),
                Optional.empty(),
                Optional.of(new Webhook("https://hooks.example.com/", Optional.empty())));

        assertThat(activities(notifications).channels()).containsExactly(ChannelName.SLACK, ChannelName.WEBHOOK);
        assertThat(activities(Notifications.none()).channels()).isEmpty();
    }

    @Test
    void asksTheChannelThatIsMeant() {
        PostReceipt receipt = new PostReceipt(ChannelName.EMAIL, "<1@windlass>", Delivery.POSTED);
        NotifyActivitiesImpl activities =
                new NotifyActivitiesImpl(Map.of(ChannelName.EMAIL, (notice, step) -> receipt), notices::step);

        assertThat(activities.post(new NoticeOrder(ChannelName.EMAIL, BROKEN))).isEqualTo(receipt);
    }

    @Test
    void saysThatAChannelIsGone() {
        assertThat(failureOf(() -> activities(Notifications.none()).post(new NoticeOrder(ChannelName.SLACK, BROKEN)))
                        .getOriginalMessage())
                .isEqualTo("ops.yml has no channel SLACK any more\n"
                        + "hint: nothing, if it was removed on purpose; else put it back under notifications\n"
                        + "see: runbooks/backup.md#notification-refused");
    }

    @Test
    void linksWithoutAUiAreNone() {
        assertThat(new RunLinks(Optional.empty(), "default").to(BROKEN)).isEmpty();
    }

    @Test
    void readsSecondsAndDatesToWaitFor() {
        assertThat(RetryAfter.read("30", NOON)).contains(Duration.ofSeconds(30));
        assertThat(RetryAfter.read("Tue, 24 Nov 2026 12:01:00 GMT", NOON)).contains(Duration.ofMinutes(1));
        assertThat(RetryAfter.read("Tue, 24 Nov 2026 11:00:00 GMT", NOON)).isEmpty();
        assertThat(RetryAfter.read("99999", NOON)).contains(RetryAfter.MOST);
        assertThat(RetryAfter.read("soon", NOON)).isEmpty();
        assertThat(RetryAfter.read("0", NOON)).isEmpty();
    }

    @Test
    void cutsBetweenCharactersOnly() {
        assertThat(NoticeText.atMost(6, "🚨🚨🚨")).isEqualTo("🚨🚨🚨");
        assertThat(NoticeText.atMost(5, "🚨🚨🚨")).isEqualTo("🚨🚨…");
        assertThat(NoticeText.atMost(4, "🚨🚨🚨")).isEqualTo("🚨…");
    }

    private NotifyActivitiesImpl activities(Notifications notifications) {
        return new NotifyActivitiesImpl(notifications, "default", reference -> "", NOON, notices::step);
    }
}
