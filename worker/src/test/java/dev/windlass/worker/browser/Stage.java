package dev.windlass.worker.browser;

import com.fasterxml.jackson.databind.JsonNode;
import dev.windlass.starter.Windlass;
import dev.windlass.worker.WorkerApplication;
import dev.windlass.worker.testing.DevServer;
import dev.windlass.worker.testing.Eventually;
import dev.windlass.worker.testing.JavaProcess;
import dev.windlass.worker.testing.Programs;
import dev.windlass.worker.testing.SlackProcess;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Everything as it is in use: Temporal with its UI, a worker process, Slack's double, and an app. Ana asks, Ben answers. */
final class Stage implements AutoCloseable {
    static final String BEN = "U0BEN0001";

    final DevServer temporal = DevServer.startWithUi();
    final SlackProcess slack;
    final AppHost app;
    private final Path directory;
    private final Path ops;
    private final Process worker;

    Stage(Path directory) throws IOException {
        this.directory = directory;
        slack = SlackProcess.start(directory);
        app = new AppHost(directory);
        for (String name : new String[] {"ana", "ben"}) {
            Programs.run(
                    "ssh-keygen",
                    "-q",
                    "-t",
                    "ed25519",
                    "-N",
                    "",
                    "-C",
                    name,
                    "-f",
                    directory.resolve(name).toString());
        }
        ops = Files.writeString(directory.resolve("ops.yml"), opsYml());
        worker = JavaProcess.start(
                WorkerApplication.class,
                directory.resolve("worker.log").toFile(),
                "--ops",
                ops.toString(),
                "--server.port=" + Ports.free());
        Eventually.holds(
                Duration.ofSeconds(90),
                "the worker is connected to Slack",
                () -> slack.control("/sockets").equals("1"));
    }

    private String opsYml() throws IOException {
        return """
                version: 1
                team: Test
                state: %1$s/state
                temporal: {address: "%2$s"}
                databases: {shop: {}}
                backup:
                  directory: %1$s/backups
                  recipients: [age1u0nfwjeetx8lezqw8dg7uh9qyawk80a7snam30eyzl4zctjyp5dqh99r0y]
                notifications:
                  temporal_ui: %3$s
                  slack:
                    token: file:%4$s
                    channel: %5$s
                    api: %6$s/api/
                    team: T0TESTBED
                    app: A0TESTBED
                    app_token: file:%7$s
                people:
                  ana: {slack: U0ANA0001, key: "%8$s"}
                  ben: {slack: %9$s, key: "%10$s"}
                approvals:
                  prod: {approvers: [ana, ben]}
                """.formatted(
                                directory,
                                temporal.address(),
                                temporal.ui(),
                                secret("bot", "xoxb-testbed"),
                                SlackProcess.CHANNEL,
                                slack.url(),
                                secret("app", "xapp-testbed"),
                                Files.readString(directory.resolve("ana.pub")).strip(),
                                BEN,
                                Files.readString(directory.resolve("ben.pub")).strip())
                + app.apps();
    }

    private Path secret(String name, String value) throws IOException {
        Path file = Files.writeString(directory.resolve(name + ".secret"), value);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** By Ana, in her terminal. */
    Run deploy(String version) throws IOException, InterruptedException {
        Path output = directory.resolve("deploy-" + version + ".out");
        Process windlass = JavaProcess.start(
                Windlass.class,
                output.toFile(),
                "deploy",
                "shop",
                "prod",
                version,
                "--json",
                "--key",
                directory.resolve("ana").toString(),
                "--config",
                ops.toString());
        if (!windlass.waitFor(60, TimeUnit.SECONDS) || windlass.exitValue() != 0) {
            windlass.destroyForcibly();
            throw new IllegalStateException("windlass deploy: " + Files.readString(output));
        }
        String printed = Files.readString(output);
        JsonNode run = PayloadJson.mapper().readTree(printed.substring(printed.indexOf('{')));
        return new Run(run.path("workflowId").asText(), run.path("runId").asText());
    }

    record Run(String workflowId, String runId) {}

    /** A page of the run in the Temporal UI. */
    String page(Run run, String page) {
        return temporal.ui() + "/namespaces/default/workflows/" + run.workflowId() + "/" + run.runId() + "/" + page;
    }

    void awaitEnd(Run run) {
        try {
            Eventually.holds(
                    Duration.ofSeconds(90),
                    run.workflowId() + " has ended",
                    () -> temporal.client()
                            .newUntypedWorkflowStub(run.workflowId())
                            .describe()
                            .getWorkflowExecutionInfo()
                            .hasCloseTime());
        } catch (AssertionError late) {
            throw new AssertionError(late.getMessage() + "; the worker's log:\n" + log(), late);
        }
    }

    private String log() {
        try (Stream<String> lines = Files.lines(directory.resolve("worker.log"))) {
            return String.join("\n", lines.toList());
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        worker.destroy();
        if (!worker.waitFor(60, TimeUnit.SECONDS)) {
            worker.destroyForcibly();
        }
        app.close();
        slack.close();
        temporal.close();
    }
}
