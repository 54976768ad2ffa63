package dev.windlass.activities.notify;

import static dev.windlass.activities.notify.Notices.BROKEN;
import static dev.windlass.activities.notify.Notices.failureOf;
import static dev.windlass.activities.notify.Notices.in;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.slack.api.methods.request.chat.ChatPostMessageRequest;
import dev.windlass.activities.notify.SlackNotices.Timing;
import dev.windlass.runbooks.config.Notifications.Slack;
import dev.windlass.runbooks.notify.NotificationCalls;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.notify.ChannelName;
import dev.windlass.workflows.notify.PostReceipt;
import dev.windlass.workflows.notify.PostReceipt.Delivery;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class SlackNoticesTest {
    private static final Timing TIMING =
            new Timing(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(10));
    private static final String AVAILABLE_HINT =
            "look at its status and at this machine's network; the step tries again by itself";

    @TempDir
    Path directory;

    private final Notices notices = new Notices();
    private NoticeDouble slack;

    @BeforeEach
    void start() throws Exception {
        slack = NoticeDouble.start(directory, "slack", "--message-gap-millis", "0", "--foreign-channel", "C0FOREIGN");
    }

    @AfterEach
    void stop() throws Exception {
        slack.close();
    }

    @Test
    void postsOnceHoweverOftenItIsAsked() {
        SlackNotices channel = channel("C0TESTBED");

        PostReceipt first = channel.post(BROKEN, notices.step());
        PostReceipt second = channel.post(BROKEN, notices.step());
        PostReceipt afterRestart = channel("C0TESTBED").post(BROKEN, notices.step());

        assertThat(first.channel()).isEqualTo(ChannelName.SLACK);
        assertThat(first.delivery()).isEqualTo(Delivery.POSTED);
        assertThat(second).isEqualTo(new PostReceipt(ChannelName.SLACK, first.reference(), Delivery.FOUND));
        assertThat(afterRestart).isEqualTo(second);
        assertThat(slack.messages()).hasSize(1);
    }

    @Test
    void carriesTextBlocksLinkAndMetadata() {
        channel("C0TESTBED").post(BROKEN, notices.step());

        JsonNode message = slack.messages().getFirst();
        assertThat(message.path("text").asText())
                .isEqualTo("🚨 backup failed: store r2 refused: 403 &lt;AccessDenied&gt; &amp; Grüße\n"
                        + "hint: renew the key\nsee: runbooks/backup.md#storage-refused");
        assertThat(message.at("/blocks/0/type").asText()).isEqualTo("header");
        assertThat(message.at("/blocks/0/text/text").asText())
                .isEqualTo("🚨 backup failed: store r2 refused: 403 <AccessDenied> & Grüße");
        assertThat(message.at("/blocks/1/text/text").asText())
                .isEqualTo("hint: renew the key\nsee: runbooks/backup.md#storage-refused");
        assertThat(message.at("/blocks/2/elements/0/text").asText())
                .isEqualTo("<http://127.0.0.1:8233/namespaces/default/workflows/backup%2Fnightly/run-1|Open the run>"
                        + " · workflow backup/nightly, run run-1");
        assertThat(message.path("metadata").toString())
                .contains("\"event_type\":\"windlass_notice\"")
                .contains("\"id\":\"run-1/broken\"", "\"workflow_id\":\"backup/nightly\"", "\"run_id\":\"run-1\"");
    }

    @Test
    void announcesExactlyWhatIsPlannedAndAsksNothingElse() {
        channel("C0TESTBED").post(BROKEN, notices.step());

        assertThat(notices.announced)
                .containsExactly(
                        NotificationCalls.lookInSlack(settings("C0TESTBED")),
                        NotificationCalls.postToSlack(settings("C0TESTBED")));
        assertThat(slack.requests()).containsExactly("/api/conversations.history", "/api/chat.postMessage");
    }

    @Test
    void findsThePostWhoseAnswerWasLost() {
        SlackNotices channel = channel("C0TESTBED");
        // The connection that asked the history is kept, so an HTTP client that repeats by itself would post twice
        // here.
        slack.order("chat.postMessage", 1, "drop-answer");

        ApplicationFailure lost = failureOf(() -> channel.post(BROKEN, notices.step()));
        PostReceipt found = channel.post(BROKEN, notices.step());

        assertThat(in(lost).type()).isEqualTo(FailureType.NOTIFICATION_UNAVAILABLE);
        assertThat(found.delivery()).isEqualTo(Delivery.FOUND);
        assertThat(slack.messages()).hasSize(1);
    }

    @Test
    void findsAPostBehindAFullPageOfOthers() throws Exception {
        SlackNotices channel = channel("C0TESTBED");
        channel.post(BROKEN, notices.step());
        var client = SlackClients.of(api(), TIMING).methods("xoxb-testbed");
        for (int i = 0; i <= SlackHistory.PAGE; i++) {
            client.chatPostMessage(ChatPostMessageRequest.builder()
                    .channel("C0TESTBED")
                    .text("talk " + i)
                    .build());
        }

        assertThat(channel.post(BROKEN, notices.step()).delivery()).isEqualTo(Delivery.FOUND);
    }

    @Test
    void waitsAsLongAsSlackAsks() {
        slack.order("chat.postMessage", 1, "status 429");

        ApplicationFailure limited = failureOf(() -> channel("C0TESTBED").post(BROKEN, notices.step()));

        assertThat(limited.getOriginalMessage())
                .isEqualTo("slack did not take the notice: HTTP 429 ratelimited\nhint: " + AVAILABLE_HINT
                        + "\nsee: runbooks/backup.md#notification-unavailable");
        assertThat(limited.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(limited.isNonRetryable()).isFalse();
        assertThat(slack.messages()).isEmpty();
    }

    @Test
    void triesAgainAfterAServerError() {
        slack.order("conversations.history", 1, "status 503");

        ApplicationFailure broken = failureOf(() -> channel("C0TESTBED").post(BROKEN, notices.step()));

        assertThat(in(broken).fact()).isEqualTo("slack did not take the notice: HTTP 503 service_unavailable");
        assertThat(broken.isNonRetryable()).isFalse();
        assertThat(channel("C0TESTBED").post(BROKEN, notices.step()).delivery()).isEqualTo(Delivery.POSTED);
        assertThat(slack.messages()).hasSize(1);
    }

    @Test
    void doesNotWaitForeverForAnAnswer() {
        slack.order("conversations.history", 1, "hang");

        ApplicationFailure silent = failureOf(() -> channel("C0TESTBED").post(BROKEN, notices.step()));

        assertThat(in(silent).type()).isEqualTo(FailureType.NOTIFICATION_UNAVAILABLE);
        slack.clearFaults();
    }

    @Test
    void doesNotPostWhenLookingTookTooLong() {
        SlackNotices channel = channel("C0TESTBED", "xoxb-testbed", new JumpingClock());

        ApplicationFailure late = failureOf(() -> channel.post(BROKEN, notices.step()));

        assertThat(in(late).fact()).isEqualTo("slack did not take the notice: looking for an earlier post took 60 s");
        assertThat(slack.messages()).isEmpty();
    }

    @Test
    void saysWhatToDoAboutAChannelTheAppIsNotIn() {
        assertRefused(
                channel("C0FOREIGN"),
                "not_in_channel for channel C0FOREIGN",
                "invite the app: write /invite @ and its name in that channel");
    }

    @Test
    void saysWhatToDoAboutAnUnknownChannel() {
        assertRefused(
                channel("C0NOWHERE"),
                "channel_not_found for channel C0NOWHERE",
                "copy the channel's id from the end of its details into notifications.slack.channel of ops.yml;"
                        + " to a private channel invite the app first");
    }

    @Test
    void saysWhatToDoAboutAWrongToken() {
        assertRefused(
                channel("C0TESTBED", "xoxb-wrong", Clock.systemUTC()),
                "invalid_auth for channel C0TESTBED",
                "install the app in Slack again (api.slack.com/apps, Install App) and put its bot token into env:SLACK");
    }

    @Test
    void neverRepeatsATokenThatIsNone() {
        assertRefused(
                channel("C0TESTBED", "xoxb-secret\nwith a second line", Clock.systemUTC()),
                "the token in env:SLACK has characters that no token has",
                "put the bot token (xoxb-…) there, on one line");
    }

    @Test
    void saysWhichScopeIsMissing() throws Exception {
        slack.close();
        slack = NoticeDouble.start(directory, "slack", "--scope", "chat:write");
        assertRefused(
                channel("C0TESTBED"),
                "missing_scope for channel C0TESTBED",
                "add the scope channels:history under OAuth & Permissions of the app (groups:history for a private"
                        + " channel), then install it again");
    }

    private void assertRefused(SlackNotices channel, String fact, String hint) {
        ApplicationFailure refused = failureOf(() -> channel.post(BROKEN, notices.step()));
        assertThat(refused.getOriginalMessage())
                .isEqualTo("slack refused the notice: " + fact + "\nhint: " + hint
                        + "\nsee: runbooks/backup.md#notification-refused");
        assertThat(in(refused).type()).isEqualTo(FailureType.NOTIFICATION_REFUSED);
        assertThat(refused.isNonRetryable()).isTrue();
        assertThat(slack.messages()).isEmpty();
    }

    private SlackNotices channel(String id) {
        return channel(id, "xoxb-testbed", Clock.systemUTC());
    }

    private SlackNotices channel(String id, String token, Clock clock) {
        return new SlackNotices(settings(id), reference -> token, Notices.LINKS, TIMING, clock);
    }

    private Slack settings(String id) {
        return new Slack(new SecretReference("env:SLACK"), id, api());
    }

    private String api() {
        return slack.address("slack") + "/api/";
    }

    /** A minute passes with each look at it. */
    private static final class JumpingClock extends Clock {
        private Instant now = Instant.now();

        @Override
        public Instant instant() {
            Instant before = now;
            now = now.plusSeconds(60);
            return before;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
