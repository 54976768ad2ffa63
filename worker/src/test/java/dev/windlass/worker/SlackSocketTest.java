package dev.windlass.worker;

import static dev.windlass.worker.SlackRig.ANA;
import static dev.windlass.worker.SlackRig.BEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.worker.testing.Eventually;
import dev.windlass.workflows.approvals.QuestionState;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People click on the double's page, and Socket Mode brings it here. */
@Tag("integration")
class SlackSocketTest {
    @TempDir
    private static Path directory;

    private static SlackRig rig;

    @BeforeAll
    static void start() throws Exception {
        rig = new SlackRig(directory);
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    void anApprovalIsCountedAndShown() {
        String approval = rig.ask();

        assertThat(rig.slack.click(BEN, approval, "approve")).isEmpty();

        rig.awaitState(approval, QuestionState.APPROVED);
        awaitShown(approval, "approved by <@" + BEN + ">");
    }

    @Test
    void aRejectionAsksForItsReason() {
        String approval = rig.ask();
        assertThat(rig.slack.click(BEN, approval, "reject")).isEmpty();
        String dialog = rig.slack.dialog(BEN).orElseThrow();
        assertThat(rig.view(approval).state()).isEqualTo(QuestionState.WAITING);

        assertThat(rig.slack
                        .submit(BEN, dialog, "the tests of the shop are red")
                        .path("problem")
                        .asText())
                .isEmpty();

        rig.awaitState(approval, QuestionState.REJECTED);
        awaitShown(approval, "the tests of the shop are red");
        assertThat(rig.slack.dialog(BEN)).isEmpty();
    }

    @Test
    void theRequesterHearsWhyTheClickDoesNotCount() {
        String approval = rig.ask();
        assertThat(rig.slack.click(ANA, approval, "approve")).isEmpty();
        rig.awaitTold(ANA, "nobody decides on their own request");
    }

    @Test
    void connectsAgainAfterTheSocketBroke() {
        String approval = rig.ask();
        rig.slack.control("/sockets/drop");

        awaitOneConnection();

        Eventually.holds(
                Duration.ofSeconds(20),
                "a click arrives again",
                () -> rig.slack.click(BEN, approval, "approve").isEmpty());
        rig.awaitState(approval, QuestionState.APPROVED);
    }

    @Test
    void connectsAnewWhenSlackAsksForIt() {
        String approval = rig.ask();
        rig.slack.control("/sockets/refresh");
        Eventually.holds(
                Duration.ofSeconds(20),
                "a second connection stands",
                () -> rig.slack.control("/sockets").equals("2"));
        // The old one is closed only after it was replaced.
        awaitOneConnection();

        assertThat(rig.slack.click(BEN, approval, "approve")).isEmpty();
        rig.awaitState(approval, QuestionState.APPROVED);
    }

    @Test
    void goesOnTryingWhenSlackRefusesAConnection() {
        rig.slack.order("apps.connections.open", 2, "expire-key");
        rig.slack.control("/sockets/drop");

        awaitOneConnection();

        assertThat(rig.http.body("/actuator/health")).contains("\"socket\":\"CONNECTED\"");
    }

    private static void awaitOneConnection() {
        Eventually.holds(
                Duration.ofSeconds(40),
                "one connection stands",
                () -> rig.slack.control("/sockets").equals("1")
                        && rig.http.body("/actuator/health").contains("\"socket\":\"CONNECTED\""));
    }

    private static void awaitShown(String approval, String words) {
        Eventually.holds(
                Duration.ofSeconds(20),
                "the message says: " + words,
                () -> rig.message(approval).toString().contains(words));
        assertThat(rig.message(approval).toString()).doesNotContain("\"actions\"");
    }
}
