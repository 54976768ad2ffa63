package dev.windlass.worker.fault;

import dev.windlass.workflows.kernel.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A double of testbed as a process, with the door that tests have into it. */
final class TestDouble implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port = Ports.free();
    private final int controlPort = Ports.free();
    private final Path data;
    private final Child process;

    TestDouble(String name, Path directory, Map<String, String> environment, String... options) {
        this.data = directory.resolve(name);
        Path ready = directory.resolve(name + ".json");
        List<String> words = new ArrayList<>(List.of(
                Built.java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                Built.at("testbed/target/windlass-testbed-0.1.0.jar") + ":" + Built.at("testbed/target/lib") + "/*",
                "dev.windlass.testbed.TestbedMain",
                name,
                "--data",
                data.toString(),
                "--ready-file",
                ready.toString(),
                "--port",
                Integer.toString(port),
                "--control-port",
                Integer.toString(controlPort),
                "--parent-pid",
                Long.toString(ProcessHandle.current().pid())));
        words.addAll(List.of(options));
        this.process = new Child(
                "the double of " + name,
                words,
                environment,
                directory.resolve(name + ".log"),
                () -> Files.exists(ready) && get("/held").equals("0"));
    }

    void start() throws IOException {
        process.start();
    }

    void begin() throws IOException {
        process.begin();
    }

    void awaitReady() {
        process.awaitReady();
    }

    void kill() {
        process.kill();
    }

    int port() {
        return port;
    }

    Path data() {
        return data;
    }

    /** Requests that match wait at the door, until {@link #release} or the double's end. */
    void hold(String requests) {
        call("POST", "/hold", requests);
    }

    void release() {
        call("POST", "/release", "");
    }

    int held() {
        return Integer.parseInt(get("/held"));
    }

    void fault(String requests, int times, String action) {
        call(
                "POST",
                "/faults",
                "{\"match\":\"" + requests.replace("\\", "\\\\") + "\",\"times\":" + times + ",\"action\":\"" + action
                        + "\"}");
    }

    void clearFaults() {
        call("DELETE", "/faults", "");
    }

    String get(String page) {
        return call("GET", page, "");
    }

    private String call(String method, String page, String body) {
        try {
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + controlPort + page))
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(method + " " + page + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
