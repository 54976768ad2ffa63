package dev.windlass.worker.fault;

import dev.windlass.worker.testing.DevServer;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Production and staging on servers of their own, and a worker between them: each can be killed, and comes back at the same address. */
final class SyncRig implements AutoCloseable {
    final Path directory;
    final Cluster production;
    final Cluster staging;
    final TestDouble slack;
    final Child temporal;
    final Child worker;
    final WorkflowClient client;
    private final WorkflowServiceStubs stubs;
    private final String temporalAddress;

    private SyncRig() throws IOException {
        directory = Files.createTempDirectory(
                "windlass-fault-sync-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        int temporalPort = Ports.free();
        int workerPort = Ports.free();
        temporalAddress = "127.0.0.1:" + temporalPort;
        production = new Cluster(directory.resolve("production"));
        staging = new Cluster(directory.resolve("staging"));
        slack = new TestDouble("slack", directory, Map.of(), "--channel", OpsFile.CHANNEL, "--message-gap-millis", "0");
        stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(temporalAddress)
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
        worker = new Child(
                "the worker",
                InstalledWorker.ofThisBuild().words(),
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

    static SyncRig start(List<String> shops) throws IOException, SQLException {
        SyncRig rig = new SyncRig();
        // Also when the tests are interrupted.
        Runtime.getRuntime().addShutdownHook(new Thread(rig::endAll));
        boolean isStarted = false;
        try {
            rig.startAll(shops);
            isStarted = true;
            return rig;
        } finally {
            if (!isStarted) {
                rig.close();
            }
        }
    }

    private void startAll(List<String> shops) throws IOException, SQLException {
        slack.begin();
        temporal.start();
        production.createEmpty();
        staging.createEmpty();
        // So that its log holds whatever it is told.
        staging.sql("postgres", "ALTER SYSTEM SET log_statement = 'all'");
        staging.sql("postgres", "ALTER SYSTEM SET log_error_verbosity = 'verbose'");
        staging.sql("postgres", "SELECT pg_reload_conf()");
        slack.awaitReady();
        for (String person : List.of("ana", "ben")) {
            Approver.withNewKey(person, directory);
        }
        Files.writeString(directory.resolve("ops.yml"), opsYml(shops));
        worker.start();
    }

    Approver person(String name) {
        return new Approver(name, directory.resolve(name));
    }

    Path journal() {
        return directory.resolve("effects.jsonl");
    }

    Path classification() {
        return directory.resolve("shop.classification.yml");
    }

    WorkflowStub start(String type, String queue, String workflowId, Object request) {
        WorkflowStub run = client.newUntypedWorkflowStub(
                type,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(workflowId)
                        .setTaskQueue(queue)
                        .setWorkflowExecutionTimeout(Duration.ofMinutes(10))
                        .build());
        run.start(request);
        return run;
    }

    WorkflowStub start(String type, String workflowId, Object request) {
        return start(type, TaskQueues.RUNS, workflowId, request);
    }

    private String opsYml(List<String> shops) throws IOException {
        return """
                version: 1
                team: Faults
                state: %1$s/state
                temporal: {address: "%2$s"}
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
                  %7$s: {approvers: [ana, ben], expiry: 30m}
                databases:
                """.formatted(
                                directory,
                                temporalAddress,
                                OpsFile.CHANNEL,
                                slack.port(),
                                person("ana").publicKey(),
                                person("ben").publicKey(),
                                SyncShop.GUARDED)
                + shops.stream().map(this::databases).collect(Collectors.joining());
    }

    private String databases(String shop) {
        return """
                  %1$s: {database: %1$s, environment: production, host: 127.0.0.1, port: %2$d, user: postgres, tools: %4$s,
                    staging_sync: {classification: %5$s, target: %1$s-staging}}
                  %1$s-staging: {database: %1$s_staging, environment: %6$s, host: 127.0.0.1, port: %3$d, user: postgres, tools: %4$s%7$s}
                """.formatted(
                shop,
                production.port(),
                staging.port(),
                production.tools(),
                classification(),
                shop.equals(SyncShop.GUARDED) ? SyncShop.GUARDED : "staging",
                shop.equals(SyncShop.ASKED) ? ", smoke: [{name: it works, sql: \"" + SyncShop.WORKS + "\"}]" : "");
    }

    private boolean temporalAnswers() {
        stubs.blockingStub()
                .withDeadlineAfter(2, TimeUnit.SECONDS)
                .describeNamespace(io.temporal.api.workflowservice.v1.DescribeNamespaceRequest.newBuilder()
                        .setNamespace("default")
                        .build());
        return true;
    }

    private void endAll() {
        worker.close();
        temporal.close();
        slack.close();
        production.close();
        staging.close();
        Processes.kill(Processes.within(directory));
    }

    @Override
    public void close() throws IOException {
        endAll();
        stubs.shutdownNow();
        Trees.delete(directory);
    }
}
