package dev.windlass.worker.recovery;

import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.RunAttributes;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Temporal's development server on a file in the launcher's directory, for this machine only. Whatever ends it or the
 * launcher, the runs in the file go on with the next one; a server that outlived its launcher is used again.
 */
final class LocalTemporal implements AutoCloseable {
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(90);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(10);
    private static final String DATABASE = "temporal.db";
    private static final String RUNNING = "temporal.running";
    private static final String NAMESPACE = "default";

    private final ProcessHandle process;
    private final int port;
    private final int uiPort;
    private final WorkflowServiceStubs stubs;

    private LocalTemporal(ProcessHandle process, int port, int uiPort) {
        this.process = process;
        this.port = port;
        this.uiPort = uiPort;
        this.stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget("127.0.0.1:" + port)
                .build());
    }

    /** @param binary of the pinned version */
    static LocalTemporal start(LeadHome home, Path binary) {
        Path database = home.file(DATABASE);
        Optional<LocalTemporal> outlived = find(home, database);
        if (outlived.isPresent()) {
            LocalTemporal server = outlived.get();
            if (server.answersWithin(ANSWERS_WITHIN)) {
                return server;
            }
            // Two servers must not write one file.
            server.process.destroyForcibly();
            awaitEnd(server.process);
            server.stubs.shutdownNow();
        }
        LocalTemporal server = launch(home, binary, database);
        if (!server.answersWithin(STARTS_WITHIN)) {
            server.close();
            throw new LaunchRefusedException(
                    "Temporal of " + binary + " does not answer within " + STARTS_WITHIN.toSeconds() + " s: "
                            + lastLine(home.file("temporal.log")),
                    "look into " + home.file("temporal.log") + ", then start again with the same words",
                    ExitCodes.OUTSIDE);
        }
        return server;
    }

    /** One that an earlier launcher has started on the same file. The number may be another process's by now. */
    private static Optional<LocalTemporal> find(LeadHome home, Path database) {
        List<String> words = List.of(home.read(RUNNING).orElse("").split(" "));
        if (words.size() != 3) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(words.get(0)))
                .filter(process -> isServerOf(process, database))
                .map(process ->
                        new LocalTemporal(process, Integer.parseInt(words.get(1)), Integer.parseInt(words.get(2))));
    }

    private static boolean isServerOf(ProcessHandle process, Path database) {
        return process.isAlive()
                && process.info()
                        .arguments()
                        .filter(words -> List.of(words).contains(database.toString()))
                        .isPresent();
    }

    private static LocalTemporal launch(LeadHome home, Path binary, Path database) {
        int port = freePort();
        int uiPort = freePort();
        List<String> words = new ArrayList<>(List.of(
                // A session of its own: Ctrl-C is for the launcher, which ends the server when its work is put down.
                "setsid",
                binary.toString(),
                "server",
                "start-dev",
                "--ip",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--ui-ip",
                "127.0.0.1",
                "--ui-port",
                Integer.toString(uiPort),
                "--db-filename",
                database.toString(),
                "--log-level",
                "error"));
        RunAttributes.all().forEach(each -> words.addAll(List.of("--search-attribute", each.getName() + "=Keyword")));
        try {
            ProcessBuilder builder = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            home.file("temporal.log").toFile()));
            // The person's own settings of Temporal's command line are about other servers.
            builder.environment().keySet().removeIf(name -> name.startsWith("TEMPORAL_"));
            builder.environment().put("HOME", home.directory().toString());
            Process process = builder.start();
            process.getOutputStream().close();
            home.write(RUNNING, process.pid() + " " + port + " " + uiPort);
            return new LocalTemporal(process.toHandle(), port, uiPort);
        } catch (IOException notStarted) {
            throw new LaunchRefusedException(
                    "Temporal cannot be started: " + notStarted.getMessage(),
                    "put the pinned temporal binary where TEMPORAL_CLI says",
                    ExitCodes.OUTSIDE);
        }
    }

    private boolean answersWithin(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            try {
                stubs.blockingStub()
                        .withDeadlineAfter(2, TimeUnit.SECONDS)
                        .describeNamespace(DescribeNamespaceRequest.newBuilder()
                                .setNamespace(NAMESPACE)
                                .build());
                return true;
            } catch (StatusRuntimeException notYet) {
                pause();
            }
        }
        return false;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Temporal was starting", stopping);
        }
    }

    int port() {
        return port;
    }

    String ui(String workflowId) {
        return "http://127.0.0.1:" + uiPort + "/namespaces/" + NAMESPACE + "/workflows/" + workflowId;
    }

    WorkflowClient client() {
        return WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setNamespace(NAMESPACE)
                        .setDataConverter(PayloadJson.dataConverter())
                        .setIdentity("windlass-recovery-lead")
                        .build());
    }

    /** What is in the file is safe with whatever end; this one spares the next launcher the question whose it is. */
    @Override
    public void close() {
        stubs.shutdownNow();
        process.destroy();
        if (!awaitEnd(process)) {
            process.destroyForcibly();
        }
    }

    private static boolean awaitEnd(ProcessHandle process) {
        return process.onExit()
                .thenApply(gone -> true)
                .completeOnTimeout(false, ENDS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    private static String lastLine(Path log) {
        try {
            return Files.readString(log, StandardCharsets.UTF_8)
                    .lines()
                    .reduce((earlier, later) -> later)
                    .orElse("it printed nothing");
        } catch (IOException unreadable) {
            return "it printed nothing";
        }
    }
}
