package dev.windlass.activities.storage;

import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.Pulse;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.runbooks.config.Store.S3Store;
import dev.windlass.testbed.launch.TestbedProcess;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.kernel.StoreName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The R2 double as a process, and our side of it. */
public final class R2 implements AutoCloseable {
    public static final String BUCKET = "backups";
    static final String PREFIX = "team/";

    /** Short enough for tests; the waits after 429 are R2's. */
    static final S3Timing TIMING = new S3Timing(
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(8),
            3,
            Duration.ofMillis(50),
            Duration.ofMillis(2200));

    private static final Path TESTBED = Path.of("..", "testbed", "target");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path directory;
    private final List<String> options;
    private TestbedProcess process;

    private R2(Path directory, List<String> options, TestbedProcess process) {
        this.directory = directory;
        this.options = options;
        this.process = process;
    }

    public static R2 start(Path directory, String... more) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(
                List.of("r2", "--data", directory.resolve("data").toString()));
        options.addAll(List.of(
                "--bucket", BUCKET, "--ca-file", directory.resolve("ca.pem").toString()));
        options.addAll(List.of(more));
        return new R2(directory, options, TestbedProcess.start(classPath(), directory, options));
    }

    private static String classPath() throws IOException {
        try (var jars = Files.newDirectoryStream(TESTBED, "windlass-testbed-*.jar")) {
            Path jar = jars.iterator().next();
            return jar + ":" + TESTBED.resolve("lib") + "/*";
        } catch (java.nio.file.NoSuchFileException | java.util.NoSuchElementException missing) {
            throw new IOException("the doubles are not built: mvn -pl testbed package", missing);
        }
    }

    /** SIGKILL, and up again at the same address with the same data. */
    public void killAndRestart() throws IOException, InterruptedException {
        String port = process.field("r2").replaceAll(".*:", "");
        process.kill();
        List<String> same = new ArrayList<>(options);
        same.addAll(List.of("--port", port));
        process = TestbedProcess.start(classPath(), directory, same);
    }

    public String endpoint() {
        return process.field("r2");
    }

    public Path authority() {
        return directory.resolve("ca.pem");
    }

    S3Store settings() {
        return settings(BUCKET, "auto", Optional.of(authority().toString()));
    }

    S3Store settings(String bucket, String region, Optional<String> authority) {
        return settings(endpoint(), bucket, region, authority);
    }

    static S3Store settings(String endpoint, String bucket, String region, Optional<String> authority) {
        return new S3Store(
                new StoreName("r2"),
                S3Store.Dialect.R2,
                endpoint,
                region,
                bucket,
                PREFIX,
                new SecretReference("env:R2_KEY"),
                new SecretReference("env:R2_SECRET"),
                authority,
                5);
    }

    S3ObjectStore store() {
        return new S3ObjectStore(settings(), secrets(), TIMING);
    }

    static Secrets secrets() {
        return reference -> reference.value().equals("env:R2_KEY") ? "windlass-testbed" : "windlass-testbed-secret";
    }

    static StepContext context() {
        return context(progress -> {});
    }

    static StepContext context(Pulse pulse) {
        return new StepContext(new StepToken("backup", "run", StepId.of("upload")), pulse, EffectJournal.none());
    }

    /** @param times 0 means until the faults are cleared */
    public void order(String match, int times, String action) {
        post(
                "/faults",
                "{\"match\":\"" + match.replace("\\", "\\\\") + "\",\"times\":" + times + ",\"action\":\"" + action
                        + "\"}");
    }

    public void clearFaults() {
        send(HttpRequest.newBuilder(control("/faults")).DELETE().build());
    }

    void hold(String match) {
        post("/hold", match);
    }

    void release() {
        post("/release", "");
    }

    int held() {
        return Integer.parseInt(
                send(HttpRequest.newBuilder(control("/held")).build()).strip());
    }

    /** Every request so far, one JSON line each. */
    public List<String> requests() {
        return send(HttpRequest.newBuilder(control("/requests")).build())
                .lines()
                .toList();
    }

    private void post(String path, String body) {
        send(HttpRequest.newBuilder(control(path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private String send(HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(request + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private URI control(String path) {
        return URI.create(process.field("control") + path);
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
