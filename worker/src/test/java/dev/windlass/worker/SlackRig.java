package dev.windlass.worker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.windlass.runbooks.config.Notifications;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.Person;
import dev.windlass.worker.testing.DevServer;
import dev.windlass.worker.testing.Eventually;
import dev.windlass.worker.testing.Http;
import dev.windlass.worker.testing.SampleOperations;
import dev.windlass.worker.testing.SlackProcess;
import dev.windlass.workflows.approvals.ApprovalId;
import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.approvals.Question;
import dev.windlass.workflows.approvals.QuestionKind;
import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.approvals.QuestionView;
import dev.windlass.workflows.approvals.QuestionWorkflow;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.PlanDigest;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A worker with both doors, a real Temporal and the double of Slack. Ana asks; Ben and Cara may approve; Eve is in ops.yml
 * and approves nothing; Zoe is nobody.
 */
final class SlackRig implements AutoCloseable {
    static final String ANA = "U0ANA0001";
    static final String BEN = "U0BEN0001";
    static final String CARA = "U0CARA001";
    static final String EVE = "U0EVE0001";
    static final String ZOE = "U0ZOE0001";
    static final String SECRET = "testbed-signing-secret";
    private static final PersonName ASKER = new PersonName("ana");
    private static final AtomicInteger NEXT = new AtomicInteger(1);

    final DevServer temporal = DevServer.start();
    final SlackProcess slack;
    final ConfigurableApplicationContext worker;
    final Http http;
    private final Path state;

    SlackRig(Path directory) throws IOException {
        state = Files.createDirectories(directory.resolve("state"));
        slack = SlackProcess.start(directory);
        worker = WorkerApplication.start(operations(directory), new String[] {"--server.port=0"});
        http = Http.of(worker);
        Eventually.holds(
                Duration.ofSeconds(60), "the worker is ready", () -> http.status("/actuator/health/readiness") == 200);
        Eventually.holds(
                Duration.ofSeconds(20),
                "the socket is connected",
                () -> slack.control("/sockets").equals("1"));
    }

    private Operations operations(Path directory) throws IOException {
        Operations sample = SampleOperations.with(temporal.address());
        Notifications.Slack settings = new Notifications.Slack(
                secret(directory, "bot", "xoxb-testbed"),
                "C0NOTICES",
                slack.url() + "/api/",
                SlackProcess.CHANNEL,
                Optional.of(new Notifications.Buttons(
                        "T0TESTBED",
                        "A0TESTBED",
                        Optional.of(secret(directory, "app", "xapp-testbed")),
                        Optional.of(secret(directory, "signing", SECRET)))));
        Map<PersonName, Person> people = new TreeMap<>();
        Map.of("ana", ANA, "ben", BEN, "cara", CARA, "eve", EVE)
                .forEach((name, id) -> people.put(
                        new PersonName(name), new Person(new PersonName(name), Optional.of(id), Optional.empty())));
        return new Operations(
                sample.team(),
                state.toString(),
                sample.temporal(),
                sample.databases(),
                sample.stores(),
                sample.backup(),
                new Notifications(Optional.empty(), Optional.of(settings), Optional.empty(), Optional.empty()),
                sample.apps(),
                people,
                Map.of(policy().environment(), policy()));
    }

    private static SecretReference secret(Path directory, String name, String value) throws IOException {
        Path file = Files.writeString(directory.resolve(name + ".secret"), value);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return new SecretReference("file:" + file.toAbsolutePath());
    }

    private static ApprovalPolicy policy() {
        return new ApprovalPolicy(
                new EnvironmentName("prod"),
                List.of(ASKER, new PersonName("ben"), new PersonName("cara")),
                1,
                Duration.ofHours(24));
    }

    /** A question that nobody can see yet. */
    String askUnseen() {
        ApprovalId id = new ApprovalId("deploy-%08x".formatted(NEXT.getAndIncrement()));
        Question question = new Question(
                id,
                QuestionKind.APPROVAL,
                "deploy",
                "deploy/shop/prod",
                "run-1",
                Optional.of(ASKER),
                "ana@laptop",
                "deploy shop prod 3f2c1ab",
                new PlanDigest("v1:" + "0123456789abcdef".repeat(4)),
                new TreeMap<>(Map.of("git SHA", "3f2c1ab")),
                List.of("Start 3f2c1ab beside 9e8d7c6", "Switch traffic"),
                policy());
        QuestionWorkflow workflow = temporal.client()
                .newWorkflowStub(
                        QuestionWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(id.workflowId())
                                .setTaskQueue(TaskQueues.RUNS)
                                .build());
        WorkflowClient.start(workflow::ask, question);
        return id.value();
    }

    /** A question whose message stands in the channel, and is known to the workflow. */
    String ask() {
        String approval = askUnseen();
        Eventually.holds(
                Duration.ofSeconds(20),
                approval + " is asked",
                () -> slack.message(approval).isPresent() && shownIn(approval));
        return approval;
    }

    private boolean shownIn(String approval) {
        return temporal.client().fetchHistory("approval/" + approval).getEvents().stream()
                .anyMatch(event -> event.hasActivityTaskCompletedEventAttributes()
                        && event.toString().contains(SlackProcess.CHANNEL));
    }

    QuestionView view(String approval) {
        return temporal.client().newUntypedWorkflowStub("approval/" + approval).query("view", QuestionView.class);
    }

    void awaitState(String approval, QuestionState state) {
        Eventually.holds(
                Duration.ofSeconds(20),
                approval + " is " + state,
                () -> view(approval).state().equals(state));
    }

    String messageTs(String approval) {
        return slack.message(approval)
                .map(message -> message.path("ts").asText())
                .orElseThrow();
    }

    /** Entries of the audit log with this refusal. */
    long refusals(String refusal) {
        try {
            Path log = state.resolve("audit.jsonl");
            return Files.exists(log)
                    ? Files.readAllLines(log).stream()
                            .filter(line -> line.contains("\"refusal\":\"" + refusal + "\""))
                            .count()
                    : 0;
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    void awaitTold(String user, String words) {
        Eventually.holds(
                Duration.ofSeconds(20),
                user + " is told: " + words,
                () -> slack.control("/ephemerals")
                        .lines()
                        .anyMatch(line -> line.contains("\"user\":\"" + user + "\"") && line.contains(words)));
    }

    /** A button of the message, as Slack sends it. */
    static Map<String, Object> payload(String user, String channel, String ts, String value, String actionTs) {
        Map<String, Object> payload = new TreeMap<>();
        payload.put("type", "block_actions");
        payload.put("team", Map.of("id", "T0TESTBED"));
        payload.put("api_app_id", "A0TESTBED");
        payload.put("user", Map.of("id", user, "name", "admin"));
        payload.put("channel", Map.of("id", channel));
        payload.put("container", Map.of("message_ts", ts, "channel_id", channel));
        payload.put("trigger_id", "1.2.3");
        payload.put("actions", List.of(Map.of("action_id", "approve", "value", value, "action_ts", actionTs)));
        return payload;
    }

    JsonNode message(String approval) {
        return slack.message(approval).orElseThrow();
    }

    @Override
    public void close() {
        worker.close();
        slack.close();
        temporal.close();
    }
}
