package dev.windlass.activities.notify;

import static dev.windlass.activities.notify.Notices.failureOf;
import static dev.windlass.activities.notify.Notices.in;
import static dev.windlass.activities.notify.SampleQuestions.BEN;
import static dev.windlass.activities.notify.SampleQuestions.by;
import static dev.windlass.activities.notify.SampleQuestions.deploy;
import static dev.windlass.activities.notify.SampleQuestions.view;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.windlass.activities.notify.SlackNotices.Timing;
import dev.windlass.runbooks.config.Notifications.Buttons;
import dev.windlass.runbooks.config.Notifications.Slack;
import dev.windlass.workflows.approvals.Posting;
import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.approvals.QuestionView;
import dev.windlass.workflows.approvals.Verdict;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.SecretReference;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class SlackQuestionBoardTest {
    private static final Timing TIMING =
            new Timing(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(10));
    private static final QuestionView WAITING = view(deploy(), QuestionState.WAITING);
    private static final QuestionView APPROVED = view(deploy(), QuestionState.APPROVED, by(BEN, Verdict.APPROVE, ""));

    @TempDir
    Path directory;

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
    void asksOnceAndRewritesInPlace() {
        Posting asked = board().show(WAITING, Optional.empty()).orElseThrow();
        assertThat(asked.board()).isEqualTo("slack");
        assertThat(asked.place()).isEqualTo("C0TESTBED");
        assertThat(onlyMessage().toString()).contains("\"actions\"", "deploy-3f9c12ab");

        assertThat(board().show(APPROVED, Optional.of(asked))).contains(asked);

        assertThat(onlyMessage().path("ts").asText()).isEqualTo(asked.reference());
        assertThat(onlyMessage().toString())
                .contains("approved by <@U0BEN0001>", "0123456789ab", "windlass_question")
                .doesNotContain("\"actions\"", "Approve?");
    }

    @Test
    void findsTheMessageWhoseAnswerWasLost() {
        slack.order("chat.postMessage", 1, "drop-answer");

        ApplicationFailure lost = failureOf(() -> board().show(WAITING, Optional.empty()));
        Posting found = board().show(WAITING, Optional.empty()).orElseThrow();

        assertThat(in(lost).type()).isEqualTo(FailureType.NOTIFICATION_UNAVAILABLE);
        assertThat(found.reference()).isEqualTo(onlyMessage().path("ts").asText());
    }

    @Test
    void aMessageThatNobodyKnowsOfAnyMoreIsFoundAndRewritten() {
        board().show(WAITING, Optional.empty());

        board().show(APPROVED, Optional.empty());

        assertThat(onlyMessage().toString()).contains("approved by").doesNotContain("\"actions\"");
    }

    @Test
    void asksAgainWhenTheMessageWasDeleted() {
        Posting deleted = new Posting("slack", "C0TESTBED", "1.000001");

        Posting again = board().show(WAITING, Optional.of(deleted)).orElseThrow();

        assertThat(again.reference()).isEqualTo(onlyMessage().path("ts").asText());
    }

    @Test
    void leavesADeletedMessageAloneWhenEverythingIsSaid() {
        assertThat(board().show(APPROVED, Optional.of(new Posting("slack", "C0TESTBED", "1.000001"))))
                .isEmpty();
        assertThat(slack.messages()).isEmpty();
    }

    @Test
    void waitsAsLongAsSlackAsksAndThenRewrites() {
        Posting asked = board().show(WAITING, Optional.empty()).orElseThrow();
        slack.order("chat.update", 1, "status 429");

        board().show(APPROVED, Optional.of(asked));

        assertThat(onlyMessage().toString()).contains("approved by");
    }

    @Test
    void saysThatSlackIsBrokenAndIsRightLater() {
        Posting asked = board().show(WAITING, Optional.empty()).orElseThrow();
        slack.order("chat.update", 1, "status 503");

        ApplicationFailure broken = failureOf(() -> board().show(APPROVED, Optional.of(asked)));
        board().show(APPROVED, Optional.of(asked));

        assertThat(in(broken).type()).isEqualTo(FailureType.NOTIFICATION_UNAVAILABLE);
        assertThat(onlyMessage().toString()).contains("approved by");
    }

    @Test
    void saysWhatToDoAboutAChannelTheAppIsNotIn() {
        ApplicationFailure refused = failureOf(() -> board("C0FOREIGN").show(WAITING, Optional.empty()));

        assertThat(in(refused).fact()).contains("not_in_channel for channel C0FOREIGN");
    }

    @Test
    void slackTakesTheLargestQuestion() {
        TreeMap<String, String> facts = new TreeMap<>();
        IntStream.range(0, 200).forEach(i -> facts.put("fact " + i, "<&>`".repeat(3_000)));
        var steps = IntStream.range(0, 900).mapToObj(i -> "&".repeat(900)).toList();

        board().show(
                        view(
                                SampleQuestions.question(WAITING.question().kind(), facts, steps),
                                QuestionState.WAITING,
                                by(BEN, Verdict.APPROVE, "&".repeat(1_000))),
                        Optional.empty());

        assertThat(onlyMessage().toString()).contains("\"actions\"");
    }

    private JsonNode onlyMessage() {
        assertThat(slack.messages()).hasSize(1);
        return slack.messages().getFirst();
    }

    private SlackQuestionBoard board() {
        return board("C0TESTBED");
    }

    private SlackQuestionBoard board(String channel) {
        Slack settings = new Slack(
                new SecretReference("env:SLACK"),
                "C0OTHER",
                slack.address("slack") + "/api/",
                channel,
                Optional.of(new Buttons(
                        "T0TESTBED",
                        "A0TESTBED",
                        Optional.empty(),
                        Optional.of(new SecretReference("env:SIGNING_SECRET")))));
        return new SlackQuestionBoard(
                settings, SampleQuestions.WORDS, reference -> "xoxb-testbed", Notices.LINKS, TIMING, Clock.systemUTC());
    }
}
