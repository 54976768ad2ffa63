package dev.windlass.worker;

import static dev.windlass.worker.SlackRig.ANA;
import static dev.windlass.worker.SlackRig.BEN;
import static dev.windlass.worker.SlackRig.CARA;
import static dev.windlass.worker.SlackRig.EVE;
import static dev.windlass.worker.SlackRig.ZOE;
import static dev.windlass.worker.SlackRig.payload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.worker.testing.Eventually;
import dev.windlass.worker.testing.SlackProcess;
import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.kernel.PayloadJson;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The attack set at the HTTP door: each is refused, and stands in the audit log. */
@Tag("integration")
class SlackDoorTest {
    @TempDir
    private static Path directory;

    private static final AtomicLong ACTIONS = new AtomicLong(Instant.now().getEpochSecond());

    private static SlackRig rig;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        rig = new SlackRig(directory);
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    void aGenuineClickIsCountedAndShown() {
        String approval = rig.ask();

        assertThat(post(click(BEN, approval))).isEqualTo(200);

        rig.awaitState(approval, QuestionState.APPROVED);
        Eventually.holds(
                Duration.ofSeconds(20),
                "the message is rewritten",
                () -> rig.message(approval).toString().contains("approved by <@" + BEN + ">"));
        assertThat(rig.message(approval).toString()).doesNotContain("\"actions\"");
    }

    @Test
    void refusesABadSignature() {
        String approval = rig.ask();
        refused("BAD_EVIDENCE", 401, () -> post(click(BEN, approval), now(), "another secret"));
        refused(
                "BAD_EVIDENCE",
                401,
                () -> send(form(click(BEN, approval)), Long.toString(now()), "v0=" + "0".repeat(64)));
        refused("BAD_EVIDENCE", 401, () -> send(form(click(BEN, approval)), "", ""));
        assertThat(rig.view(approval).state()).isEqualTo(QuestionState.WAITING);
    }

    @Test
    void refusesATimestampSixMinutesOld() {
        refused("STALE", 401, () -> post(click(BEN, rig.ask()), now() - 360, SlackRig.SECRET));
    }

    @Test
    void refusesATimestampOneDayAhead() {
        refused("STALE", 401, () -> post(click(BEN, rig.ask()), now() + 86_400, SlackRig.SECRET));
    }

    @Test
    void refusesAReplayedBody() {
        String approval = rig.ask();
        String body = form(click(BEN, approval));
        String timestamp = Long.toString(now());
        String signature = sign(SlackRig.SECRET, timestamp, body);
        assertThat(send(body, timestamp, signature)).isEqualTo(200);

        refused("REPLAYED", 401, () -> send(body, timestamp, signature));
    }

    @Test
    void theSameClickDeliveredTwiceIsOneDecision() {
        String approval = rig.ask();
        Map<String, Object> click = click(BEN, approval);

        assertThat(post(click, now() - 1, SlackRig.SECRET)).isEqualTo(200);
        assertThat(post(click, now(), SlackRig.SECRET)).isEqualTo(200);

        rig.awaitState(approval, QuestionState.APPROVED);
        assertThat(rig.view(approval).answers()).hasSize(1);
    }

    @Test
    void refusesAnotherTeam() {
        Map<String, Object> click = click(BEN, rig.ask());
        click.put("team", Map.of("id", "T0OTHER01"));
        refused("OTHER_PLACE", 403, () -> post(click));
    }

    @Test
    void refusesAnotherApp() {
        Map<String, Object> click = click(BEN, rig.ask());
        click.put("api_app_id", "A0OTHER01");
        refused("OTHER_PLACE", 403, () -> post(click));
    }

    @Test
    void refusesAnotherChannel() {
        String approval = rig.ask();
        refused(
                "OTHER_PLACE",
                200,
                () -> post(payload(BEN, "C0OTHER01", rig.messageTs(approval), approval, nextAction())));
        assertThat(rig.view(approval).state()).isEqualTo(QuestionState.WAITING);
    }

    @Test
    void refusesWhatIsNotJson() {
        refused("MALFORMED", 400, () -> postRaw("payload=" + URLEncoder.encode("{\"type\":", StandardCharsets.UTF_8)));
        refused("MALFORMED", 400, () -> postRaw("payload=%7B%2"));
        refused("MALFORMED", 400, () -> postRaw("ssl_check=1"));
        refused("MALFORMED", 400, () -> postRaw("payload=" + URLEncoder.encode("[]", StandardCharsets.UTF_8)));
    }

    @Test
    void refusesAnOversizedPayload() {
        refused("MALFORMED", 413, () -> postRaw("payload=" + "x".repeat(300_000)));
    }

    @Test
    void refusesTheValueOfAnotherApproval() {
        String shown = rig.ask();
        String meant = rig.ask();

        refused(
                "OTHER_PLACE",
                200,
                () -> post(payload(BEN, SlackProcess.CHANNEL, rig.messageTs(shown), meant, nextAction())));

        rig.awaitTold(BEN, "it comes from another team, app, channel or message");
        assertThat(rig.view(meant).state()).isEqualTo(QuestionState.WAITING);
        assertThat(rig.view(shown).state()).isEqualTo(QuestionState.WAITING);
    }

    @Test
    void refusesAnUnknownApproval() {
        refused(
                "UNKNOWN_APPROVAL",
                200,
                () -> post(payload(BEN, SlackProcess.CHANNEL, "1.000001", "deploy-ffffffff", nextAction())));
        rig.awaitTold(BEN, "there is no such question");
        refused(
                "MALFORMED",
                200,
                () -> post(payload(BEN, SlackProcess.CHANNEL, "1.000001", "../../etc/passwd", nextAction())));
    }

    @Test
    void refusesADecisionBeforeTheQuestionWasPosted() {
        rig.slack.order("chat.postMessage", 0, "status 503");
        try {
            String approval = rig.askUnseen();
            refused(
                    "NOT_ASKED_YET",
                    200,
                    () -> post(payload(BEN, SlackProcess.CHANNEL, "1764032400.000100", approval, nextAction())));
            assertThat(rig.view(approval).state()).isEqualTo(QuestionState.WAITING);
        } finally {
            rig.slack.clearFaults();
        }
    }

    @Test
    void countsOneOfTwoPeopleWhoClickAtTheSameMoment() {
        String approval = rig.ask();
        long before = rig.refusals("DECIDED");
        Map<String, Object> first = click(BEN, approval);
        Map<String, Object> second = click(CARA, approval);

        CompletableFuture<Integer> ben = CompletableFuture.supplyAsync(() -> post(first));
        CompletableFuture<Integer> cara = CompletableFuture.supplyAsync(() -> post(second));

        assertThat(List.of(ben.join(), cara.join())).containsExactly(200, 200);
        rig.awaitState(approval, QuestionState.APPROVED);
        assertThat(rig.view(approval).answers()).hasSize(1);
        Eventually.holds(
                Duration.ofSeconds(20), "the later one is audited", () -> rig.refusals("DECIDED") == before + 1);
        String later = rig.view(approval).answers().getFirst().person().value().equals("ben") ? CARA : BEN;
        rig.awaitTold(later, "it was decided before");
    }

    @Test
    void refusesAPersonWhoIsNoApprover() {
        String approval = rig.ask();
        refused("NOT_AN_APPROVER", 200, () -> post(click(EVE, approval)));
        rig.awaitTold(EVE, "only the approvers of this environment decide");
        assertThat(rig.view(approval).state()).isEqualTo(QuestionState.WAITING);
    }

    @Test
    void refusesSomebodyWhomOpsYmlDoesNotKnow() {
        String approval = rig.ask();
        refused("NOT_AN_APPROVER", 200, () -> post(click(ZOE, approval)));
        rig.awaitTold(ZOE, "only the approvers of this environment decide");
    }

    @Test
    void refusesTheRequester() {
        String approval = rig.ask();
        refused("OWN_REQUEST", 200, () -> post(click(ANA, approval)));
        rig.awaitTold(ANA, "nobody decides on their own request");
        assertThat(rig.view(approval).state()).isEqualTo(QuestionState.WAITING);
    }

    @Test
    void refusesAClickOnWhatWasDecided() {
        String approval = rig.ask();
        post(click(BEN, approval));
        rig.awaitState(approval, QuestionState.APPROVED);

        refused("DECIDED", 200, () -> post(click(CARA, approval)));
    }

    @Test
    void answersNothingElseThere() {
        assertThat(rig.http.status("/slack/interactions")).isEqualTo(405);
    }

    /** Each attack adds exactly one entry. */
    private static void refused(String refusal, int status, java.util.function.IntSupplier attack) {
        long before = rig.refusals(refusal);
        assertThat(attack.getAsInt()).isEqualTo(status);
        Eventually.holds(Duration.ofSeconds(20), refusal + " is audited", () -> rig.refusals(refusal) == before + 1);
    }

    private static Map<String, Object> click(String user, String approval) {
        return payload(user, SlackProcess.CHANNEL, rig.messageTs(approval), approval, nextAction());
    }

    private static String nextAction() {
        return ACTIONS.incrementAndGet() + ".000100";
    }

    private static int post(Map<String, Object> payload) {
        return post(payload, now(), SlackRig.SECRET);
    }

    private static int post(Map<String, Object> payload, long timestamp, String secret) {
        String body = form(payload);
        return send(body, Long.toString(timestamp), sign(secret, Long.toString(timestamp), body));
    }

    private static int postRaw(String body) {
        String timestamp = Long.toString(now());
        return send(body, timestamp, sign(SlackRig.SECRET, timestamp, body));
    }

    private static String form(Map<String, Object> payload) {
        return "payload=" + URLEncoder.encode(PayloadJson.canonical(payload), StandardCharsets.UTF_8);
    }

    private static int send(String body, String timestamp, String signature) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                        + Objects.requireNonNull(rig.worker.getEnvironment().getProperty("local.server.port"))
                        + "/slack/interactions"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Slack-Request-Timestamp", timestamp)
                .header("X-Slack-Signature", signature)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        } catch (java.io.IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    private static String sign(String secret, String timestamp, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "v0="
                    + HexFormat.of()
                            .formatHex(mac.doFinal(("v0:" + timestamp + ":" + body).getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
