package dev.windlass.worker.approvals;

import dev.windlass.activities.approvals.ApprovalActivitiesImpl;
import dev.windlass.activities.approvals.ClickMac;
import dev.windlass.activities.approvals.QuestionBoard;
import dev.windlass.activities.approvals.TodaysOperations;
import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepContexts;
import dev.windlass.activities.sealing.AgeSealedFiles;
import dev.windlass.activities.shell.CommandShell;
import dev.windlass.activities.shell.EnvironmentSecrets;
import dev.windlass.activities.shell.Launchers;
import dev.windlass.runbooks.approvals.ApprovalCommands;
import dev.windlass.worker.testing.DevServer;
import dev.windlass.workflows.approvals.ApprovalId;
import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.approvals.Decisions;
import dev.windlass.workflows.approvals.Evidence;
import dev.windlass.workflows.approvals.LateShowWorkflowImpl;
import dev.windlass.workflows.approvals.Posting;
import dev.windlass.workflows.approvals.Question;
import dev.windlass.workflows.approvals.QuestionKind;
import dev.windlass.workflows.approvals.QuestionView;
import dev.windlass.workflows.approvals.QuestionWorkflow;
import dev.windlass.workflows.approvals.QuestionWorkflowImpl;
import dev.windlass.workflows.approvals.RefusalWorkflowImpl;
import dev.windlass.workflows.audit.AuditActivities;
import dev.windlass.workflows.audit.AuditEvent;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.PlanDigest;
import dev.windlass.workflows.kernel.RunAttributes;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.TaskQueues;
import io.temporal.activity.Activity;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A real Temporal, a real ssh-keygen, the worker's own activities, and an ops.yml of three approvers and their keys. */
final class Court implements AutoCloseable {
    static final PlanDigest DIGEST = new PlanDigest("v1:" + "3f".repeat(32));
    static final String TEAM = "T0123456789";
    static final String APP = "A0123456789";
    static final String CHANNEL = "C0123456789";
    static final String MESSAGE = "1764061200.000100";

    final List<AuditEvent> log = new CopyOnWriteArrayList<>();
    final ClickMac clicks;
    final Decisions door;
    private final Path directory;
    private final DevServer temporal = DevServer.start();
    private final WorkflowClient client = temporal.client();
    private final WorkerFactory workers = WorkerFactory.newInstance(client);
    private volatile boolean isShown = true;

    Court(Path directory) {
        this.directory = directory;
        this.clicks = new ClickMac(directory.resolve("state"));
        this.door = new Decisions(client, "cli");
        List.of("ana", "ben", "dora", "mallory").forEach(this::makeKey);
        writeOps("ana, ben, dora");
        registerAttributes();
        EnvironmentSecrets secrets = new EnvironmentSecrets(System.getenv());
        Worker worker = workers.newWorker(TaskQueues.RUNS);
        worker.registerWorkflowImplementationTypes(
                QuestionWorkflowImpl.class, LateShowWorkflowImpl.class, RefusalWorkflowImpl.class);
        worker.registerActivitiesImplementations(
                new ApprovalActivitiesImpl(
                        new TodaysOperations(directory.resolve("ops.yml")),
                        List.of(new Board()),
                        clicks,
                        new CommandShell(Launchers.detect(), secrets, new AgeSealedFiles(secrets)),
                        () -> StepContexts.of(
                                Activity.getExecutionContext(), ApprovalCommands.VERIFY, EffectJournal.none()),
                        Clock.systemUTC()),
                (AuditActivities) log::add);
        workers.start();
    }

    private final class Board implements QuestionBoard {
        @Override
        public String name() {
            return "slack";
        }

        @Override
        public Optional<Posting> show(QuestionView view, Optional<Posting> posting) {
            return isShown ? Optional.of(new Posting("slack", CHANNEL, MESSAGE)) : Optional.empty();
        }
    }

    /** Asks; dora is who asked for the run. */
    Question ask(int quorum, Duration expiry) {
        Question question = new Question(
                new ApprovalId("deploy-" + UUID.randomUUID().toString().substring(0, 8)),
                QuestionKind.APPROVAL,
                "deploy",
                "deploy-1",
                "run-1",
                Optional.of(new PersonName("dora")),
                "dora",
                "deploy shop prod 3f2c1ab",
                DIGEST,
                Sorted.of(),
                List.of(),
                new ApprovalPolicy(
                        new EnvironmentName("prod"),
                        List.of(new PersonName("ana"), new PersonName("ben"), new PersonName("dora")),
                        quorum,
                        expiry));
        QuestionWorkflow asking = client.newWorkflowStub(
                QuestionWorkflow.class,
                WorkflowOptions.newBuilder()
                        .setTaskQueue(TaskQueues.RUNS)
                        .setWorkflowId(question.id().workflowId())
                        .build());
        WorkflowClient.start(asking::ask, question);
        return question;
    }

    Question ask() {
        return ask(1, Duration.ofHours(1));
    }

    void showNothing() {
        isShown = false;
    }

    void showAgain() {
        isShown = true;
    }

    WorkflowClient client() {
        return client;
    }

    /** By the key of one person in the name of another, or of the same. */
    Evidence.SshSignature sign(
            String key, String name, String namespace, Function<Instant, String> text, Duration off) {
        Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(off);
        List<String> words = ApprovalCommands.sign(directory.resolve(key).toString()).argv().stream()
                .map(word -> word.equals("windlass") ? namespace : word)
                .toList();
        return new Evidence.SshSignature(new PersonName(name), at, run(words, text.apply(at)));
    }

    /** Who is left in ops.yml. */
    void writeOps(String approvers) {
        StringBuilder people = new StringBuilder();
        for (String name : List.of("ana", "ben", "dora")) {
            people.append("  ").append(name).append(": {slack: U00000").append(name.toUpperCase(java.util.Locale.ROOT));
            people.append(name.length() == 3 ? "X" : "")
                    .append(", key: ")
                    .append(read(name + ".pub").strip())
                    .append("}\n");
        }
        write("ops.yml", """
                version: 1
                team: Example
                databases:
                  shop: {}
                backup:
                  recipients: [age1u0nfwjeetx8lezqw8dg7uh9qyawk80a7snam30eyzl4zctjyp5dqh99r0y]
                notifications:
                  slack: {token: env:T, channel: %s, team: %s, app: %s, app_token: env:T}
                people:
                %sapprovals:
                  prod: {approvers: [%s]}
                """.formatted(CHANNEL, TEAM, APP, people, approvers));
    }

    private void makeKey(String name) {
        run(
                List.of(
                        "ssh-keygen",
                        "-q",
                        "-t",
                        "ed25519",
                        "-N",
                        "",
                        "-C",
                        name,
                        "-f",
                        directory.resolve(name).toString()),
                "");
    }

    private void registerAttributes() {
        OperatorServiceStubs operator = OperatorServiceStubs.newServiceStubs(OperatorServiceStubsOptions.newBuilder()
                .setChannel(temporal.stubs().getRawChannel())
                .validateAndBuildWithDefaults());
        AddSearchAttributesRequest.Builder wanted =
                AddSearchAttributesRequest.newBuilder().setNamespace("default");
        RunAttributes.all()
                .forEach(attribute ->
                        wanted.putSearchAttributes(attribute.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
        operator.blockingStub().addSearchAttributes(wanted.build());
    }

    private static String run(List<String> words, String input) {
        try {
            Process process = new ProcessBuilder(words)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(words + " failed");
            }
            return output;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private String read(String name) {
        try {
            return Files.readString(directory.resolve(name));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void write(String name, String text) {
        try {
            Path part = Files.writeString(directory.resolve(name + ".part"), text);
            Files.move(part, directory.resolve(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
        temporal.close();
    }
}
