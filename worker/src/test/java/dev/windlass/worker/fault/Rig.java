package dev.windlass.worker.fault;

import dev.windlass.worker.testing.DevServer;
import dev.windlass.workflows.backup.BackupRequest;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Everything a backup needs, as separate processes: each can be killed, and comes back at the same address. */
final class Rig implements AutoCloseable {
    final Path directory;
    final Cluster postgres;
    final TestDouble r2;
    final TestDouble slack;
    final Child temporal;
    final Child worker;
    final OpsFile ops;
    final WorkflowClient client;
    private final WorkflowServiceStubs stubs;

    /** Long enough at work for tar to be met there, and small where it is kept. */
    private static void makeUploads(Path folder) throws IOException {
        byte[] page = "a page that compresses well\n".repeat(40_000).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 60; i++) {
            Files.write(folder.resolve("page-" + i), page);
        }
    }

    /**
     * @param apps what ops.yml says under {@code apps:}; empty where there are none
     * @param files of each set beside the uploads
     * @param r2Options more of the bucket's double
     */
    private Rig(List<String> databases, String apps, String files, List<String> r2Options) throws IOException {
        directory = Files.createTempDirectory(
                "windlass-fault-",
                // The scratch cluster's user passes through it.
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        makeUploads(Files.createDirectory(directory.resolve("uploads")));
        int temporalPort = Ports.free();
        int workerPort = Ports.free();
        List<String> bucket = new ArrayList<>(List.of(
                "--bucket",
                OpsFile.BUCKET,
                "--ca-file",
                directory.resolve("bucket-ca.pem").toString()));
        bucket.addAll(r2Options);
        r2 = new TestDouble("r2", directory, Map.of(), bucket.toArray(String[]::new));
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
        worker = new Child(
                "the worker",
                InstalledWorker.ofThisBuild().words(),
                Map.of(
                        "WINDLASS_OPS_FILE",
                        directory.resolve("ops.yml").toString(),
                        "SERVER_PORT",
                        Integer.toString(workerPort),
                        "WINDLASS_EFFECT_JOURNAL",
                        directory.resolve("effects.jsonl").toString(),
                        "FAULT_KEY_ID",
                        "windlass-testbed",
                        "FAULT_SECRET_KEY",
                        "windlass-testbed-secret",
                        "FAULT_SLACK_TOKEN",
                        "xoxb-testbed"),
                directory.resolve("worker.log"),
                () -> InstalledWorker.isReady(workerPort));
        postgres = new Cluster(directory.resolve("postgres"));
        ops = new OpsFile(directory, "127.0.0.1:" + temporalPort, postgres, r2, slack, databases, apps, files);
    }

    static Rig start() throws IOException, SQLException {
        return start(List.of(Cluster.DATABASE), "");
    }

    /** @param databases those besides {@link Cluster#DATABASE} are the caller's to make */
    static Rig start(List<String> databases, String apps) throws IOException, SQLException {
        return start(new Rig(databases, apps, "", List.of()));
    }

    /** Another machine reaches the bucket by this address. */
    static Rig startWithBucketAt(String address) throws IOException, SQLException {
        return startWithBucketAt(address, "", "");
    }

    static Rig startWithBucketAt(String address, String apps, String files) throws IOException, SQLException {
        return start(new Rig(List.of(Cluster.DATABASE), apps, files, List.of("--address", address)));
    }

    private static Rig start(Rig rig) throws IOException, SQLException {
        // Also when the tests are interrupted.
        Runtime.getRuntime().addShutdownHook(new Thread(rig::endAll));
        boolean isStarted = false;
        try {
            rig.startAll();
            isStarted = true;
            return rig;
        } finally {
            if (!isStarted) {
                rig.close();
            }
        }
    }

    private void startAll() throws IOException, SQLException {
        r2.begin();
        slack.begin();
        postgres.create();
        temporal.start();
        r2.awaitReady();
        slack.awaitReady();
        ops.write();
        worker.start();
    }

    WorkflowStub startBackup(String workflowId) {
        return start("Backup", workflowId, new BackupRequest(List.of(), "test"));
    }

    WorkflowStub start(String type, String workflowId, Object request) {
        WorkflowStub run = client.newUntypedWorkflowStub(
                type,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(workflowId)
                        .setTaskQueue(TaskQueues.RUNS)
                        .setWorkflowExecutionTimeout(Duration.ofMinutes(10))
                        .build());
        run.start(request);
        return run;
    }

    Path localSets() {
        return directory.resolve("backups/sets");
    }

    /** Where the double keeps the bucket's objects. */
    Path bucket() {
        return r2.data().resolve("objects").resolve(OpsFile.BUCKET);
    }

    Path scratch() {
        return directory.resolve("scratch");
    }

    /** All but the bucket: processes, databases, what was kept on the disk. */
    void loseTheMachine() throws IOException {
        worker.close();
        temporal.close();
        slack.close();
        postgres.close();
        Trees.delete(directory.resolve("postgres"));
        Trees.delete(directory.resolve("backups"));
        Trees.delete(directory.resolve("state"));
    }

    private boolean temporalAnswers() {
        stubs.blockingStub()
                .withDeadlineAfter(2, java.util.concurrent.TimeUnit.SECONDS)
                .describeNamespace(io.temporal.api.workflowservice.v1.DescribeNamespaceRequest.newBuilder()
                        .setNamespace("default")
                        .build());
        return true;
    }

    private void endAll() {
        worker.close();
        temporal.close();
        r2.close();
        slack.close();
        postgres.close();
        Processes.kill(Processes.within(directory));
    }

    @Override
    public void close() throws IOException {
        endAll();
        stubs.shutdownNow();
        Trees.delete(directory);
    }
}
