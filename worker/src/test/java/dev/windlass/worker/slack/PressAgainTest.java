package dev.windlass.worker.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.activities.approvals.ClickMac;
import dev.windlass.activities.notify.SlackReplies;
import dev.windlass.runbooks.config.Notifications;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.Person;
import dev.windlass.worker.testing.Eventually;
import dev.windlass.worker.testing.SampleOperations;
import dev.windlass.worker.testing.SlackProcess;
import dev.windlass.workflows.approvals.Decisions;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.Ports;
import dev.windlass.workflows.kernel.SecretReference;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class PressAgainTest {
    @TempDir
    private Path directory;

    @Test
    void saysSoWithinThreeSecondsWhileTemporalIsAway() throws Exception {
        WorkflowServiceStubs nowhere = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget("127.0.0.1:" + Ports.free())
                .build());
        try (SlackProcess slack = SlackProcess.start(directory)) {
            var buttons = new Notifications.Buttons(
                    "T0TESTBED", "A0TESTBED", Optional.of(new SecretReference("env:APP")), Optional.empty());
            var settings = new Notifications.Slack(
                    new SecretReference("env:BOT"),
                    SlackProcess.CHANNEL,
                    slack.url() + "/api/",
                    SlackProcess.CHANNEL,
                    Optional.of(buttons));
            ClickHandler handler = new ClickHandler(
                    settings,
                    buttons,
                    PressAgainTest::operations,
                    new Decisions(WorkflowClient.newInstance(nowhere), "slack"),
                    new ClickMac(directory),
                    new SlackReplies(settings, reference -> "xoxb-testbed", Clock.systemUTC()),
                    new DoorAudit(new ArrayList<dev.windlass.workflows.audit.AuditEvent>()::add, Clock.systemUTC()),
                    Clock.systemUTC());
            long begun = System.nanoTime();

            Reply reply = handler.handle("""
                    {"type":"block_actions","team":{"id":"T0TESTBED"},"api_app_id":"A0TESTBED","user":{"id":"U0BEN0001"},
                     "channel":{"id":"C0TESTBED"},"container":{"message_ts":"1.000001"},
                     "actions":[{"action_id":"approve","value":"deploy-00000001","action_ts":"2.000001"}]}""", "test");

            assertThat(reply).isEqualTo(new Reply.NotTaken(503));
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
            Eventually.holds(
                    Duration.ofSeconds(10),
                    "the person is told",
                    () -> slack.control("/ephemerals").contains("press again"));
        } finally {
            nowhere.shutdownNow();
        }
    }

    private static Operations operations() {
        Operations sample = SampleOperations.with("127.0.0.1:1");
        PersonName ben = new PersonName("ben");
        return new Operations(
                sample.team(),
                sample.state(),
                sample.temporal(),
                sample.databases(),
                sample.stores(),
                sample.backup(),
                sample.notifications(),
                sample.apps(),
                Map.of(ben, new Person(ben, Optional.of("U0BEN0001"), Optional.empty())),
                sample.approvals());
    }
}
