package dev.windlass.testbed.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.model.Message;
import dev.windlass.testbed.control.PlainDouble;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Callers that break Slack's rules, and the official client, which does not. */
class SlackDoubleTest {
    @TempDir
    Path data;

    private PlainDouble slack;

    @BeforeEach
    void start() throws IOException {
        slack = start(Duration.ZERO, Set.of("chat:write", "channels:history"));
    }

    @AfterEach
    void stop() {
        slack.close();
    }

    private PlainDouble start(Duration gap, Set<String> scopes) throws IOException {
        return SlackDouble.start(new SlackDouble.Settings(
                data, 0, 0, "xoxb-testbed", scopes, Set.of("C0TESTBED"), Set.of("C0OTHER"), gap));
    }

    private HttpResponse<String> post(String method, String token, Map<String, String> arguments) {
        String form = arguments.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(slack.url() + "/api/" + method))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode call(String method, String... pairs) {
        Map<String, String> arguments = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            arguments.put(pairs[i], pairs[i + 1]);
        }
        return SlackCall.JSON.readTree(post(method, "xoxb-testbed", arguments).body());
    }

    private void order(String body) {
        send(HttpRequest.newBuilder(URI.create(slack.controlUrl() + "/faults"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private String messages() {
        return send(HttpRequest.newBuilder(URI.create(slack.controlUrl() + "/messages"))
                        .build())
                .body();
    }

    private static String error(JsonNode answer) {
        assertThat(answer.path("ok").asBoolean(true)).isFalse();
        return answer.path("error").asString("");
    }

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
