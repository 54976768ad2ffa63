package dev.windlass.testbed.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Callers that break Slack's rules. */
class SlackRefusalsTest extends SlackFixture {
    @Test
    void refusesNoTokenAndAnotherToken() {
        var bare = HttpRequest.newBuilder(URI.create(slack.url() + "/api/auth.test"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(error(SlackCall.JSON.readTree(send(bare).body()))).isEqualTo("not_authed");
        assertThat(error(SlackCall.JSON.readTree(
                        post("auth.test", "xoxb-other", Map.of()).body())))
                .isEqualTo("invalid_auth");
    }

    @Test
    void refusesAMissingScopeAndNamesIt() throws IOException {
        slack.close();
        slack = start(Duration.ZERO, Set.of("chat:write"));
        JsonNode answer = call("conversations.history", "channel", "C0TESTBED");
        assertThat(error(answer)).isEqualTo("missing_scope");
        assertThat(answer.path("needed").asString("")).isEqualTo("channels:history");
    }

    @ParameterizedTest
    @CsvSource({
        "channel,C0NOWHERE,channel_not_found",
        "channel,C0OTHER,not_in_channel",
        "priority,high,invalid_arg_name",
        "text,'',no_text",
        "metadata,nonsense,invalid_metadata_format",
        "metadata,'{\"event_type\":\"x\"}',invalid_metadata_schema",
        "blocks,'{}',invalid_blocks_format",
        "blocks,'[{\"type\":\"carousel\"}]',invalid_blocks",
        "blocks,'[{\"type\":\"section\",\"text\":{\"type\":\"markdown\",\"text\":\"x\"}}]',invalid_blocks",
        "blocks,'[{\"type\":\"section\",\"colour\":1,\"text\":{\"type\":\"mrkdwn\",\"text\":\"x\"}}]',invalid_blocks",
        "blocks,'[{\"type\":\"actions\",\"elements\":[]}]',invalid_blocks"
    })
    void refusesAWrongArgument(String name, String value, String expected) {
        Map<String, String> arguments = new LinkedHashMap<>(Map.of("channel", "C0TESTBED", "text", "hello"));
        arguments.put(name, value);
        JsonNode answer = SlackCall.JSON.readTree(
                post("chat.postMessage", "xoxb-testbed", arguments).body());
        assertThat(error(answer)).as(answer.toString()).isEqualTo(expected);
        assertThat(messages()).isEmpty();
    }

    @Test
    void refusesTextsBeyondTheirLimits() {
        assertThat(error(call("chat.postMessage", "channel", "C0TESTBED", "text", "x".repeat(40_001))))
                .isEqualTo("msg_too_long");
        String section = "[{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":\"%s\"}}]";
        JsonNode answer =
                call("chat.postMessage", "channel", "C0TESTBED", "blocks", section.formatted("x".repeat(3001)));
        assertThat(error(answer)).isEqualTo("invalid_blocks");
        assertThat(answer.path("response_metadata").path("messages").get(0).asString(""))
                .isEqualTo("[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]");
        String divider = "{\"type\":\"divider\"},".repeat(50) + "{\"type\":\"divider\"}";
        assertThat(error(call("chat.postMessage", "channel", "C0TESTBED", "blocks", "[" + divider + "]")))
                .isEqualTo("invalid_blocks");
        String ts = call("chat.postMessage", "channel", "C0TESTBED", "text", "x")
                .path("ts")
                .asString("");
        assertThat(error(call("chat.update", "channel", "C0TESTBED", "ts", ts, "text", "x".repeat(4001))))
                .isEqualTo("msg_too_long");
    }

    @Test
    void refusesAnUpdateOfAMessageThatIsNotThere() {
        assertThat(error(call("chat.update", "channel", "C0TESTBED", "ts", "1.000001", "text", "x")))
                .isEqualTo("message_not_found");
        assertThat(error(call("chat.delete", "channel", "C0TESTBED"))).isEqualTo("unknown_method");
    }

    @Test
    void allowsOneMessageASecond() throws IOException {
        slack.close();
        slack = start(Duration.ofSeconds(1), Set.of("chat:write"));
        assertThat(call("chat.postMessage", "channel", "C0TESTBED", "text", "1")
                        .path("ok")
                        .asBoolean(false))
                .isTrue();
        var second = post("chat.postMessage", "xoxb-testbed", Map.of("channel", "C0TESTBED", "text", "2"));
        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(second.headers().firstValue("Retry-After")).contains("1");
        assertThat(messages()).hasLineCount(1);
    }
}
