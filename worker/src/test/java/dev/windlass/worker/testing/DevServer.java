package dev.windlass.worker.testing;

import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.Ports;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Temporal dev server, in memory, on a free port. The binary: TEMPORAL_CLI, PATH, or Go's bin directory. */
public final class DevServer implements AutoCloseable {
    private final Process process;
    private final WorkflowServiceStubs stubs;
    private final String address;
    private final Optional<String> ui;

    private DevServer(Process process, String address, Optional<String> ui) {
        this.process = process;
        this.address = address;
        this.ui = ui;
        this.stubs = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
    }

    public static DevServer start() {
        return start(List.of("--headless"), Optional.empty());
    }

    /** For those who look at it with a browser. */
    public static DevServer startWithUi() {
        int port = Ports.free();
        return start(List.of("--ui-port", Integer.toString(port)), Optional.of("http://127.0.0.1:" + port));
    }

    private static DevServer start(List<String> uiOptions, Optional<String> ui) {
        try {
            int port = Ports.free();
            List<String> words = new ArrayList<>(List.of(
                    binary().toString(),
                    "server",
                    "start-dev",
                    "--ip",
                    "127.0.0.1",
                    "--port",
                    Integer.toString(port),
                    "--log-level",
                    "error"));
            words.addAll(uiOptions);
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            DevServer server = new DevServer(process, "127.0.0.1:" + port, ui);
            server.awaitNamespace();
            return server;
        } catch (IOException notStarted) {
            throw new UncheckedIOException(notStarted);
        }
    }

    private void awaitNamespace() {
        Eventually.holds(Duration.ofSeconds(60), "the dev server at " + address + " serves its namespace", () -> {
            stubs.blockingStub()
                    .describeNamespace(io.temporal.api.workflowservice.v1.DescribeNamespaceRequest.newBuilder()
                            .setNamespace("default")
                            .build());
            return true;
        });
    }

    public String address() {
        return address;
    }

    /** The root of its web UI. */
    public String ui() {
        return ui.orElseThrow();
    }

    public WorkflowServiceStubs stubs() {
        return stubs;
    }

    public WorkflowClient client() {
        return WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(PayloadJson.dataConverter())
                        .build());
    }

    @Override
    public void close() {
        stubs.shutdownNow();
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** For tests that start it with other words. */
    public static Path binary() {
        Stream<String> named = Optional.ofNullable(System.getenv("TEMPORAL_CLI")).stream();
        Stream<String> onPath = Stream.of(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1))
                .map(directory -> directory + "/temporal");
        String go = Optional.ofNullable(System.getenv("GOPATH")).orElse(System.getProperty("user.home") + "/go");
        String cache = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .orElse(System.getProperty("user.home") + "/.cache");
        Stream<String> elsewhere = Stream.of(cache + "/windlass/bin/temporal", go + "/bin/temporal");
        return Stream.of(named, onPath, elsewhere)
                .flatMap(each -> each)
                .map(Path::of)
                .filter(path -> path.toFile().canExecute())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no temporal binary\nhint: bin/temporal-server which gets one; or set TEMPORAL_CLI"));
    }
}
