package dev.windlass.testbed.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Clicks, dialogs and what one person sees. */
class SlackInteractionTest extends SlackFixture {
    private static final String BLOCKS = """
            [{"type":"header","text":{"type":"plain_text","text":"Deploy <shop>?"}},
             {"type":"section","text":{"type":"mrkdwn","text":"*Asked by* <@U0ANA0001> at <!date^1764032400^{time}|then> `a<b`"}},
             {"type":"actions","block_id":"answers","elements":[{"type":"button","action_id":"approve","value":"deploy-00000001",
              "text":{"type":"plain_text","text":"Approve"}}]}]""";
    private static final String VIEW = """
            {"type":"modal","title":{"type":"plain_text","text":"Reject"},"submit":{"type":"plain_text","text":"Reject"},
             "private_metadata":"m","blocks":[{"type":"input","block_id":"reason","label":{"type":"plain_text","text":"Why?"},
             "element":{"type":"plain_text_input","action_id":"text","multiline":true,"max_length":1000}}]}""";

    /** The app's end of HTTP: what it got, and what it answers. */
    private final BlockingQueue<JsonNode> got = new LinkedBlockingQueue<>();

    private final List<String> signatures = new ArrayList<>();
    private volatile int status = 200;
    private volatile String answer = "";
    private volatile boolean overHttp = true;
    private HttpServer app = appServer();

    private HttpServer appServer() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                try (exchange) {
                    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                    String timestamp = exchange.getRequestHeaders().getFirst("X-Slack-Request-Timestamp");
                    signatures.add(exchange.getRequestHeaders().getFirst("X-Slack-Signature"));
                    signatures.add(Signature.of("testbed-signing-secret", Long.parseLong(timestamp), body));
                    got.add(SlackCall.JSON.readTree(
                            URLDecoder.decode(body.substring("payload=".length()), StandardCharsets.UTF_8)));
                    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                    exchange.getResponseBody().write(bytes);
                }
            });
            server.start();
            return server;
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @AfterEach
    void stopApp() {
        app.stop(0);
    }

    @Override
    Interactivity interactivity() {
        Interactivity none = Interactivity.none();
        return new Interactivity(
                none.users(),
                none.signingSecret(),
                none.appToken(),
                overHttp
                        ? Optional.of(URI.create(
                                "http://127.0.0.1:" + app.getAddress().getPort() + "/slack"))
                        : Optional.empty(),
                0);
    }

    @Test
    void aClickReachesTheAppSignedAndWithIdsOnly() throws Exception {
        String ts = posted();

        JsonNode outcome = click("U0BEN0001", ts, "approve", "deploy-00000001");

        assertThat(outcome.path("problem").asString()).isEmpty();
        JsonNode payload = got.take();
        assertThat(signatures.get(0)).isEqualTo(signatures.get(1));
        assertThat(payload.path("type").asString()).isEqualTo("block_actions");
        assertThat(payload.at("/team/id").asString()).isEqualTo("T0TESTBED");
        assertThat(payload.path("api_app_id").asString()).isEqualTo("A0TESTBED");
        assertThat(payload.at("/user/id").asString()).isEqualTo("U0BEN0001");
        assertThat(payload.at("/channel/id").asString()).isEqualTo("C0TESTBED");
        assertThat(payload.at("/container/message_ts").asString()).isEqualTo(ts);
        assertThat(payload.at("/actions/0/value").asString()).isEqualTo("deploy-00000001");
    }

    @Test
    void thePersonSeesWhenTheAppDoesNotTakeTheClick() {
        status = 503;
        assertThat(click("U0BEN0001", posted(), "approve", "deploy-00000001")
                        .path("problem")
                        .asString())
                .isEqualTo("Windlass answered HTTP 503");
        assertThat(click("U0BEN0001", posted(), "approve", "deploy-00000002")
                        .path("problem")
                        .asString())
                .isEqualTo("there is no such button any more");
    }

    @Test
    void aTriggerOpensOneDialogWhoseFormReachesTheApp() throws Exception {
        click("U0BEN0001", posted(), "approve", "deploy-00000001");
        String trigger = got.take().path("trigger_id").asString();
        JsonNode opened = call("views.open", "trigger_id", trigger, "view", VIEW);
        assertThat(opened.path("ok").asBoolean()).as(opened.toString()).isTrue();
        assertThat(error(call("views.open", "trigger_id", trigger, "view", VIEW)))
                .isEqualTo("exchanged_trigger_id");
        assertThat(get("/page/view?user=U0BEN0001")).contains("Why?", "id=\"reason-text\"", "id=\"submit-view\"");
        assertThat(get("/page/view?user=U0ANA0001")).isEmpty();

        answer = "{\"response_action\":\"errors\",\"errors\":{\"reason\":\"longer\"}}";
        String form = "{\"user\":\"U0BEN0001\",\"view\":\"%s\",\"values\":{\"reason\":{\"text\":{\"value\":\"no\"}}}}"
                .formatted(opened.at("/view/id").asString());
        assertThat(page("/page/submit", form).at("/body/errors/reason").asString())
                .isEqualTo("longer");
        assertThat(got.take().at("/view/state/values/reason/text/value").asString())
                .isEqualTo("no");
        answer = "";
        page("/page/submit", form);
        assertThat(get("/page/view?user=U0BEN0001")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"home\",\"blocks\":[]}|invalid_arguments",
                "{\"type\":\"modal\",\"title\":{\"type\":\"plain_text\",\"text\":\"a title that is far too long\"}}|invalid_arguments"
            })
    void refusesADialogThatSlackWouldRefuse(String view, String expected) throws Exception {
        click("U0BEN0001", posted(), "approve", "deploy-00000001");
        String trigger = got.take().path("trigger_id").asString();
        assertThat(error(call("views.open", "trigger_id", trigger, "view", view)))
                .isEqualTo(expected);
        assertThat(error(call("views.open", "trigger_id", "1.2.3", "view", VIEW)))
                .isEqualTo("invalid_trigger_id");
    }

    @Test
    void onePersonSeesAnEphemeralMessage() {
        call("chat.postEphemeral", "channel", "C0TESTBED", "user", "U0BEN0001", "text", "not *you*");

        assertThat(get("/page/messages?user=U0BEN0001")).contains("Only visible to you", "not <b>you</b>");
        assertThat(get("/page/messages?user=U0ANA0001")).doesNotContain("Only visible");
        assertThat(error(call("chat.postEphemeral", "channel", "C0TESTBED", "user", "U0BEN0001")))
                .isEqualTo("no_text");
    }

    @Test
    void thePageShowsMessagesAsPeopleReadThem() {
        String ts = posted();

        assertThat(get("/")).contains("<option value=\"U0ANA0001\">Ana");
        assertThat(get("/page/messages?user=U0ANA0001"))
                .contains("id=\"message-" + ts + "\"", "id=\"approve-deploy-00000001\"")
                .contains("<h3>Deploy &lt;shop&gt;?</h3>")
                .contains("<b>Asked by</b> <span class=\"mention\">@Ana</span>")
                .contains("Nov 25 at 01:00 UTC");
    }

    @Test
    void withoutARequestUrlClicksGoThroughSocketMode() throws Exception {
        slack.close();
        overHttp = false;
        slack = start(java.time.Duration.ZERO, java.util.Set.of("chat:write"));
        String ts = posted();
        assertThat(click("U0BEN0001", ts, "approve", "deploy-00000001")
                        .path("problem")
                        .asString())
                .isEqualTo("Windlass is not connected");
        assertThat(error(call("apps.connections.open"))).isEqualTo("not_allowed_token_type");
        JsonNode opened = SlackCall.JSON.readTree(
                post("apps.connections.open", "xapp-testbed", Map.of()).body());
        try (HttpClient http = HttpClient.newHttpClient()) {
            BlockingQueue<String> heard = new LinkedBlockingQueue<>();
            WebSocket socket = http.newWebSocketBuilder()
                    .buildAsync(URI.create(opened.path("url").asString()), new Echo(heard))
                    .get(10, TimeUnit.SECONDS);
            assertThat(heard.poll(10, TimeUnit.SECONDS)).contains("\"type\":\"hello\"");
            assertThat(click("U0BEN0001", ts, "approve", "deploy-00000001")
                            .path("problem")
                            .asString())
                    .isEmpty();
            assertThat(heard.poll(10, TimeUnit.SECONDS)).contains("block_actions", "deploy-00000001");
            socket.abort();
        }
    }

    /** Acknowledges whatever has an envelope id. */
    private record Echo(BlockingQueue<String> heard) implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            heard.add(data.toString());
            JsonNode json = SlackCall.JSON.readTree(data.toString());
            if (json.has("envelope_id")) {
                socket.sendText("{\"envelope_id\":\"" + json.path("envelope_id").asString() + "\"}", true);
            }
            socket.request(1);
            return java.util.concurrent.CompletableFuture.completedStage(null);
        }
    }

    private String posted() {
        JsonNode answered = call("chat.postMessage", "channel", "C0TESTBED", "text", "asked", "blocks", BLOCKS);
        assertThat(answered.path("ok").asBoolean()).as(answered.toString()).isTrue();
        return answered.path("ts").asString();
    }

    private JsonNode click(String user, String ts, String action, String value) {
        return page(
                "/page/click",
                "{\"user\":\"%s\",\"channel\":\"C0TESTBED\",\"ts\":\"%s\",\"action\":\"%s\",\"value\":\"%s\"}"
                        .formatted(user, ts, action, value));
    }

    private JsonNode page(String path, String body) {
        return SlackCall.JSON.readTree(send(HttpRequest.newBuilder(URI.create(slack.url() + path))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build())
                .body());
    }

    private String get(String path) {
        return send(HttpRequest.newBuilder(URI.create(slack.url() + path)).build())
                .body();
    }
}
