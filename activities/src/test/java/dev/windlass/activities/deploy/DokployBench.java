package dev.windlass.activities.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.windlass.activities.deploy.Convergence.Look;
import dev.windlass.activities.deploy.SwarmState.Verdict;
import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.runbooks.deploy.DokployCalls;
import dev.windlass.testbed.launch.TestbedProcess;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.HttpCall;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.StepId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** A double of Dokploy as a process of its own, and what a deploy works with. */
final class DokployBench implements AutoCloseable {
    static final String TITLE = "run:deploy-shop-production/0191";
    static final PinnedImage NEW = new PinnedImage("ghcr.io/acme/shop", "sha256:" + "b".repeat(64));
    static final PinnedImage OLD = new PinnedImage("ghcr.io/acme/shop", "sha256:" + "a".repeat(64));
    static final String SERVICE = "shop-api-x1y2z3";
    private static final Path TESTBED = Path.of("..", "testbed", "target");

    /** What was called, as the journal heard of it. */
    final List<HttpCall> called = new CopyOnWriteArrayList<>();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path directory;
    private final List<String> arguments;
    private TestbedProcess process;
    private final List<DokployApi> opened = new ArrayList<>();
    String key = "dokploy-testbed";
    Duration deadline = Duration.ofSeconds(30);
    Duration silence = Duration.ofSeconds(5);

    private DokployBench(Path directory, List<String> arguments) throws IOException, InterruptedException {
        this.directory = directory;
        this.arguments = arguments;
        this.process = TestbedProcess.start(classPath(), directory, arguments);
    }

    static DokployBench start(Path directory, String... options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(
                List.of("dokploy", "--data", directory.resolve("dokploy").toString()));
        arguments.addAll(List.of(options));
        return new DokployBench(directory, arguments);
    }

    void stop() throws InterruptedException {
        process.kill();
    }

    /** With what it keeps, at the same address. */
    void startAgain(String image) throws IOException, InterruptedException {
        List<String> again = new ArrayList<>(arguments);
        int at = again.indexOf("--image");
        again.subList(at, at + 2).clear();
        again.addAll(List.of("--port", portOf("dokploy"), "--control-port", portOf("control"), "--image", image));
        process = TestbedProcess.start(classPath(), directory, again);
    }

    private String portOf(String field) {
        return String.valueOf(URI.create(process.field(field)).getPort());
    }

    private static String classPath() throws IOException {
        try (var jars = java.nio.file.Files.newDirectoryStream(TESTBED, "windlass-testbed-*.jar")) {
            return jars.iterator().next() + ":" + TESTBED.resolve("lib") + "/*";
        } catch (java.nio.file.NoSuchFileException | NoSuchElementException missing) {
            throw new IOException("the doubles are not built: mvn -pl testbed package", missing);
        }
    }

    String url() {
        return process.field("dokploy");
    }

    DokployCalls calls() {
        return new DokployCalls(url(), new SecretReference("env:DOKPLOY_KEY"), "app-testbed");
    }

    /** @param declared by the step */
    DokployApi api(List<Effect> declared) {
        EffectJournal journal = (step, effect) -> {
            if (effect instanceof HttpCall call) {
                called.add(call);
            }
        };
        StepToken token = new StepToken("deploy-shop-production", "0191", new StepId("start"));
        DokployApi api = new DokployApi(reference -> key, new StepContext(token, progress -> {}, journal), declared);
        opened.add(api);
        return api;
    }

    DokployOutcome deploy() {
        return deploy(NEW, TITLE, DokployBench::pause);
    }

    DokployOutcome deploy(PinnedImage image, String title, Waiting waiting) {
        return new DokployDeploy(
                        calls(),
                        api(calls().deployment(image.reference(), title)),
                        waiting,
                        timing(),
                        SERVICE,
                        image,
                        title,
                        DokployDeploy.Past.COUNTS)
                .deploy();
    }

    /** The activity dies when it waits for the first time; says "killed". */
    String dieAtTheFirstPause() {
        try {
            return deploy(NEW, TITLE, (time, phase, detail) -> {
                        throw new IllegalStateException("killed");
                    })
                    .toString();
        } catch (IllegalStateException killed) {
            return String.valueOf(killed.getMessage());
        }
    }

    void undo() {
        List<Effect> declared = calls().deployment(OLD.reference(), TITLE + DokployCalls.UNDO);
        new DokployUpdate(calls(), api(declared), this::look, DokployBench::pause, timing(), SERVICE, NEW, TITLE)
                .undo(OLD);
    }

    private DokployPatience.Timing timing() {
        return new DokployPatience.Timing(Duration.ofMillis(20), silence, Duration.ofMillis(400), deadline);
    }

    /** What docker would say of the double's Swarm. */
    private Look look(String service) {
        try {
            return new Look.Seen(SwarmState.of(
                    control("/swarm").strip(), control("/swarm/tasks").lines().toList()));
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(broken);
        }
    }

    Verdict verdict(PinnedImage image) {
        return ((Look.Seen) look(SERVICE)).state().verdict(image);
    }

    /** Empty while the double is stopped. */
    Optional<String> swarm() {
        try {
            return Optional.of(control("/swarm").strip());
        } catch (IllegalStateException stopped) {
            return Optional.empty();
        }
    }

    static void pause(Duration time, String phase, String detail) {
        LockSupport.parkNanos(Math.min(time.toNanos(), Duration.ofMillis(50).toNanos()));
    }

    long timesCalled(String procedure) {
        return called.stream()
                .filter(call -> call.url().contains("/api/" + procedure))
                .count();
    }

    String control(String path) {
        return send(HttpRequest.newBuilder(URI.create(process.field("control") + path))
                .build());
    }

    void order(String match, int times, String action) {
        String body = "{\"match\":\"%s\",\"times\":%d,\"action\":\"%s\"}".formatted(match, times, action);
        send(HttpRequest.newBuilder(URI.create(process.field("control") + "/faults"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** No ordered fault strikes any more. */
    void mend() {
        send(HttpRequest.newBuilder(URI.create(process.field("control") + "/faults"))
                .DELETE()
                .build());
    }

    /** Somebody else's call of the API. */
    String somebodyElse(String procedure, String body) {
        return send(HttpRequest.newBuilder(URI.create(process.field("dokploy") + "/api/" + procedure))
                .header("x-api-key", "dokploy-testbed")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** As Dokploy shows it to somebody else. */
    String application() {
        return send(HttpRequest.newBuilder(URI.create(calls().application().url()))
                .header("x-api-key", "dokploy-testbed")
                .build());
    }

    private String send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void close() throws IOException {
        opened.forEach(DokployApi::close);
        process.close();
    }
}
