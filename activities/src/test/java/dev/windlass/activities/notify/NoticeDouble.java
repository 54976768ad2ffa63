package dev.windlass.activities.notify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.windlass.testbed.launch.TestbedProcess;
import dev.windlass.workflows.kernel.PayloadJson;
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
import java.util.NoSuchElementException;

/** A double of a channel as a process of its own, and its control port. */
final class NoticeDouble implements AutoCloseable {
    private static final Path TESTBED = Path.of("..", "testbed", "target");

    private final HttpClient http = HttpClient.newHttpClient();
    private final TestbedProcess process;

    private NoticeDouble(TestbedProcess process) {
        this.process = process;
    }

    static NoticeDouble start(Path directory, String name, String... options) throws IOException, InterruptedException {
        List<String> arguments =
                new ArrayList<>(List.of(name, "--data", directory.resolve(name).toString()));
        arguments.addAll(List.of(options));
        return new NoticeDouble(TestbedProcess.start(classPath(), directory, arguments));
    }

    private static String classPath() throws IOException {
        try (var jars = Files.newDirectoryStream(TESTBED, "windlass-testbed-*.jar")) {
            return jars.iterator().next() + ":" + TESTBED.resolve("lib") + "/*";
        } catch (java.nio.file.NoSuchFileException | NoSuchElementException missing) {
            throw new IOException("the doubles are not built: mvn -pl testbed package", missing);
        }
    }

    String address(String name) {
        return process.field(name);
    }

    /** @param times 0 means until they are cleared */
    void order(String match, int times, String action) {
        String fault = PayloadJson.canonical(Map.of("match", match, "times", times, "action", action));
        send(HttpRequest.newBuilder(control("/faults"))
                .POST(HttpRequest.BodyPublishers.ofString(fault))
                .build());
    }

    void clearFaults() {
        send(HttpRequest.newBuilder(control("/faults")).DELETE().build());
    }

    /** What was taken. */
    List<JsonNode> messages() {
        return lines("/messages");
    }

    /** Every request, whatever became of it: its path. */
    List<String> requests() {
        return lines("/requests").stream()
                .map(each -> each.path("path").asText())
                .toList();
    }

    private List<JsonNode> lines(String page) {
        return send(HttpRequest.newBuilder(control(page)).build())
                .lines()
                .map(NoticeDouble::json)
                .toList();
    }

    private static JsonNode json(String line) {
        try {
            return PayloadJson.mapper().readTree(line);
        } catch (IOException broken) {
            throw new IllegalStateException(line, broken);
        }
    }

    private URI control(String path) {
        return URI.create(process.field("control") + path);
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

    @Override
    public void close() throws IOException {
        process.close();
    }
}
