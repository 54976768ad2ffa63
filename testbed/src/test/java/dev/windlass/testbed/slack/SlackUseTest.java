package dev.windlass.testbed.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.model.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The official client, and what a notifier has to live with. */
class SlackUseTest extends SlackFixture {
    @Test
    void theOfficialClientPostsUpdatesAndFindsItsMessageByMetadata() throws Exception {
        var config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(slack.url() + "/api/");
        try (Slack client = Slack.getInstance(config)) {
            MethodsClient methods = client.methods("xoxb-testbed");
            assertThat(methods.authTest(r -> r).getTeamId()).isEqualTo("T0TESTBED");
            var metadata = Message.Metadata.builder()
                    .eventType("windlass_run")
                    .eventPayload(Map.of("run_id", "run-1"))
                    .build();
            var posted = methods.chatPostMessage(
                    r -> r.channel("C0TESTBED").text("backup proven ✓").metadata(metadata));
            assertThat(posted.isOk()).as(posted.toString()).isTrue();
            var updated = methods.chatUpdate(
                    r -> r.channel("C0TESTBED").ts(posted.getTs()).text("changed"));
            assertThat(updated.isOk()).as(updated.toString()).isTrue();
            var history = methods.conversationsHistory(
                    r -> r.channel("C0TESTBED").includeAllMetadata(true).limit(10));
            assertThat(history.getMessages()).hasSize(1);
            assertThat(history.getMessages().getFirst().getText()).isEqualTo("changed");
            assertThat(history.getMessages().getFirst().getMetadata().getEventPayload())
                    .containsEntry("run_id", "run-1");
            assertThat(methods.conversationsHistory(r -> r.channel("C0TESTBED"))
                            .getMessages()
                            .getFirst()
                            .getMetadata())
                    .isNull();
        }
    }

    @Test
    void anUpdateWithTextAloneRemovesTheBlocks() {
        String blocks = "[{\"type\":\"divider\"}]";
        String ts = call("chat.postMessage", "channel", "C0TESTBED", "text", "asked", "blocks", blocks)
                .path("ts")
                .asString("");
        assertThat(messages()).contains("divider");
        call("chat.update", "channel", "C0TESTBED", "ts", ts, "text", "answered");
        assertThat(messages()).contains("answered").doesNotContain("divider", "asked");
    }

    @Test
    void pagesThroughTheHistoryNewestFirst() {
        for (int i = 1; i <= 3; i++) {
            call("chat.postMessage", "channel", "C0TESTBED", "text", "m" + i);
        }
        JsonNode first = call("conversations.history", "channel", "C0TESTBED", "limit", "2");
        assertThat(first.path("messages").get(0).path("text").asString("")).isEqualTo("m3");
        assertThat(first.path("has_more").asBoolean(false)).isTrue();
        String cursor = first.path("response_metadata").path("next_cursor").asString("");
        JsonNode second = call("conversations.history", "channel", "C0TESTBED", "limit", "2", "cursor", cursor);
        assertThat(second.path("messages").size()).isEqualTo(1);
        String oldest = first.path("messages").get(1).path("ts").asString("");
        assertThat(call("conversations.history", "channel", "C0TESTBED", "oldest", oldest)
                        .path("messages")
                        .size())
                .isEqualTo(1);
        assertThat(error(call("conversations.history", "channel", "C0TESTBED", "limit", "1000")))
                .isEqualTo("invalid_limit");
        assertThat(error(call("conversations.history", "channel", "C0TESTBED", "cursor", "zzz")))
                .isEqualTo("invalid_cursor");
        assertThat(error(call("conversations.history", "channel", "C0TESTBED", "oldest", "yesterday")))
                .isEqualTo("invalid_ts_oldest");
    }

    @Test
    void aDroppedAnswerLeavesTheMessagePostedAndARestartKeepsIt() throws IOException {
        order("{\"match\":\"chat.postMessage\",\"action\":\"drop-answer\"}");
        assertThatThrownBy(() -> call("chat.postMessage", "channel", "C0TESTBED", "text", "lost answer"))
                .hasCauseInstanceOf(IOException.class);
        slack.close();
        slack = start(Duration.ZERO, Set.of("chat:write"));
        assertThat(messages()).contains("lost answer").hasLineCount(1);
    }

    @Test
    void orderedFaultsAreWordedAsSlackDoes() throws Exception {
        order("{\"match\":\"auth.test\",\"action\":\"status 503\"}");
        assertThat(post("auth.test", "xoxb-testbed", Map.of()).statusCode()).isEqualTo(503);
        order("{\"match\":\"auth.test\",\"action\":\"expire-key\"}");
        assertThat(error(call("auth.test"))).isEqualTo("token_expired");
        // The client calls auth.test of its own accord as well, so the fault stays.
        order("{\"match\":\"auth.test\",\"times\":0,\"action\":\"status 429\"}");
        var config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(slack.url() + "/api/");
        try (Slack client = Slack.getInstance(config)) {
            assertThatThrownBy(() -> client.methods("xoxb-testbed").authTest(r -> r))
                    .isInstanceOfSatisfying(
                            SlackApiException.class,
                            e -> assertThat(e.getResponse().header("Retry-After"))
                                    .isEqualTo("1"));
        }
    }
}
