package dev.windlass.worker.fault;

import dev.windlass.worker.testing.DevServer;
import dev.windlass.workflows.approvals.Answer;
import dev.windlass.workflows.approvals.Question;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.approvals.Verdict;
import dev.windlass.workflows.deploy.DeployOutcome;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.Ports;
import dev.windlass.workflows.kernel.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Everything a deploy needs, as separate processes: several apps on one host, one worker, one Temporal. */
final class DeployRig implements AutoCloseable {
    static final HttpClient HTTP = HttpClient.newHttpClient();

    final Path directory;
    final Host host;
    final TestDouble slack;
    final Child temporal;
    final TemporalGate gate;
    final Child worker;
    final WorkflowClient client;
    private final WorkflowServiceStubs stubs;
    private final String databases;
    private final int temporalPort = Ports.free();
    private final int workerPort = Ports.free();

    DeployRig(List<String> apps) throws IOException {
        this(apps, "{shop: {}}");
    }

    /** @param databases what ops.yml says of them, in one line; they are the caller's to make */
    DeployRig(List<String> apps, String databases) throws IOException {
        this.databases = databases;
        directory = Files.createTempDirectory("windlass-fault-deploy-");
        // nginx's workers and the apps are other users than root.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        host = new Host(directory, apps);
        slack = new TestDouble("slack", directory, Map.of(), "--channel", OpsFile.CHANNEL, "--message-gap-millis", "0");
        stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget("127.0.0.1:" + temporalPort)
                .build());
        client = WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(PayloadJson.dataConverter())
                        .build());
        temporal = new Child(
                "Temporal",
                List.of(
                        DevServer.binary().toString(),
                        "server",
                        "start-dev",
                        "--headless",
                        "--ip",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(temporalPort),
                        "--db-filename",
                        directory.resolve("temporal.db").toString(),
                        "--log-level",
                        "error"),
                Map.of(),
                directory.resolve("temporal.log"),
                this::temporalAnswers);
        gate = new TemporalGate(temporalPort);
        worker = new Child(
                "the worker",
                InstalledWorker.ofThisBuild().words(directory),
                Map.of(
                        "WINDLASS_OPS_FILE",
                        directory.resolve("ops.yml").toString(),
                        "SERVER_PORT",
                        Integer.toString(workerPort),
                        "WINDLASS_EFFECT_JOURNAL",
                        journal().toString(),
                        "FAULT_SLACK_TOKEN",
                        "xoxb-testbed"),
                directory.resolve("worker.log"),
                () -> InstalledWorker.isReady(workerPort));
    }

    void start() throws IOException {
        // Also when the tests are interrupted.
        Runtime.getRuntime().addShutdownHook(new Thread(this::endAll));
        slack.begin();
        temporal.start();
        host.start();
        slack.awaitReady();
        for (String person : List.of("ana", "ben")) {
            Approver.withNewKey(person, directory);
        }
        Files.writeString(directory.resolve("ops.yml"), opsYml());
        worker.start();
    }

    /** A link to what was built, so that another build can take its place. */
    Path workerJar() {
        return InstalledWorker.jar(directory);
    }

    Path journal() {
        return directory.resolve("effects.jsonl");
    }

    WorkflowStub deploy(String workflowId, Shop shop, String version) {
        WorkflowStub run = client.newUntypedWorkflowStub(
                "Deploy",
                WorkflowOptions.newBuilder()
                        .setWorkflowId(workflowId)
                        .setTaskQueue(TaskQueues.RUNS)
                        .setWorkflowExecutionTimeout(Duration.ofMinutes(10))
                        .build());
        run.start(new DeployRequest(
                new AppName(shop.name),
                new EnvironmentName(shop.environment),
                new Version(version),
                new Requester("test", Optional.empty())));
        return run;
    }

    /** Twice, so that there is a version to go back to. */
    void deployEverywhereTwice() throws IOException {
        for (String version : List.of("v0", "v1")) {
            List<WorkflowStub> runs = new ArrayList<>();
            for (Shop shop : host.shops) {
                shop.build(version, 0);
                runs.add(deploy("fault-deploy-" + version + "-" + shop.name, shop, version));
            }
            runs.forEach(run -> run.getResult(DeployOutcome.class));
        }
    }

    /** ben answers, as {@code windlass resume} does. */
    Answer decide(Question question, Verdict verdict) {
        return new Approver("ben", key("ben")).decide(client, question, verdict);
    }

    Path key(String person) {
        return directory.resolve(person);
    }

    private String publicKey(String person) throws IOException {
        return new Approver(person, key(person)).publicKey();
    }

    private String opsYml() throws IOException {
        return """
                version: 1
                team: Faults
                state: %1$s/state
                temporal: {address: "127.0.0.1:%2$d"}
                databases: %7$s
                backup:
                  directory: %1$s/backups
                  recipients: [age1u0nfwjeetx8lezqw8dg7uh9qyawk80a7snam30eyzl4zctjyp5dqh99r0y]
                  # Not while these tests run.
                  schedule: {cron: "0 0 1 1 *"}
                  restore_test: {cron: "0 0 1 1 *"}
                  scratch: {directory: %1$s/scratch}
                notifications:
                  slack: {token: "env:FAULT_SLACK_TOKEN", channel: %3$s, api: "http://127.0.0.1:%4$d/api/"}
                people:
                  ana: {key: %5$s}
                  ben: {key: %6$s}
                approvals:
                  guarded: {approvers: [ana, ben], expiry: 30m}
                apps:
                """.formatted(
                                directory,
                                gate.port(),
                                OpsFile.CHANNEL,
                                slack.port(),
                                publicKey("ana"),
                                publicKey("ben"),
                                databases)
                + host.shops.stream()
                        .map(shop -> shop.opsYml(Cluster.isRoot() ? "nobody" : System.getProperty("user.name")))
                        .collect(Collectors.joining());
    }

    private boolean temporalAnswers() {
        stubs.blockingStub()
                .withDeadlineAfter(2, TimeUnit.SECONDS)
                .describeNamespace(io.temporal.api.workflowservice.v1.DescribeNamespaceRequest.newBuilder()
                        .setNamespace("default")
                        .build());
        return true;
    }

    static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(url))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void endAll() {
        worker.close();
        gate.close();
        temporal.close();
        slack.close();
        // Also what a test that failed has left stopped.
        Processes.kill(Processes.ofRunsOn(directory));
        host.close();
    }

    @Override
    public void close() throws IOException {
        endAll();
        stubs.shutdownNow();
        Trees.delete(directory);
    }
}
