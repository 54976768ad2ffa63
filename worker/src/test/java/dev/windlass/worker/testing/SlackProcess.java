package dev.windlass.worker.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.windlass.workflows.kernel.PayloadJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The double of Slack as a process: what it holds, and people who click on its page. */
public final class SlackProcess implements AutoCloseable {
    public static final String CHANNEL = "C0TESTBED";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final JsonNode ready;

    private SlackProcess(Process process, JsonNode ready) {
        this.process = process;
        this.ready = ready;
    }

    public static SlackProcess start(Path directory) throws IOException {
        Path target = Path.of("..", "testbed", "target").toAbsolutePath().normalize();
        Path ready = directory.resolve("slack.json");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        target.resolve("windlass-testbed-0.1.0.jar") + ":" + target.resolve("lib") + "/*",
                        "dev.windlass.testbed.TestbedMain",
                        "slack",
                        "--data",
                        directory.resolve("slack").toString(),
                        "--message-gap-millis",
                        "0",
                        "--ready-file",
                        ready.toString(),
                        "--parent-pid",
                        Long.toString(ProcessHandle.current().pid()))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("slack.log").toFile())
                .start();
        Eventually.holds(Duration.ofSeconds(60), "the double of Slack is ready", () -> Files.exists(ready));
        return new SlackProcess(process, PayloadJson.mapper().readTree(ready.toFile()));
    }

    public String url() {
        return ready.path("slack").asText();
    }

    /** The message of a question, as it is now. */
    public Optional<JsonNode> message(String approval) {
        return control("/messages")
                .lines()
                .map(SlackProcess::json)
                .filter(message ->
                        message.at("/metadata/event_payload/id").asText("").equals(approval))
                .findFirst();
    }

    public String control(String page) {
        return send(HttpRequest.newBuilder(URI.create(ready.path("control").asText() + page))
                .build());
    }

    public void order(String match, int times, String action) {
        send(HttpRequest.newBuilder(URI.create(ready.path("control").asText() + "/faults"))
                .POST(HttpRequest.BodyPublishers.ofString(
                        PayloadJson.canonical(Map.of("match", match, "times", times, "action", action))))
                .build());
    }

    public void clearFaults() {
        send(HttpRequest.newBuilder(URI.create(ready.path("control").asText() + "/faults"))
                .DELETE()
                .build());
    }

    /** @return what the person sees beside the button; empty when the click was acknowledged */
    public String click(String user, String approval, String action) {
        return post(
                        "/page/click",
                        Map.of(
                                "user",
                                user,
                                "channel",
                                CHANNEL,
                                "ts",
                                message(approval).orElseThrow().path("ts").asText(),
                                "action",
                                action,
                                "value",
                                approval))
                .path("problem")
                .asText();
    }

    /** The dialog that is open for this person. */
    public Optional<String> dialog(String user) {
        List<JsonNode> open = control("/views")
                .lines()
                .map(SlackProcess::json)
                .filter(view -> view.path("user").asText().equals(user))
                .toList();
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of(open.getLast().path("id").asText());
    }

    public JsonNode submit(String user, String dialog, String reason) {
        return post(
                "/page/submit",
                Map.of(
                        "user",
                        user,
                        "view",
                        dialog,
                        "values",
                        Map.of("reason", Map.of("text", Map.of("type", "plain_text_input", "value", reason)))));
    }

    private JsonNode post(String path, Map<String, ?> body) {
        return json(send(HttpRequest.newBuilder(URI.create(url() + path))
                .POST(HttpRequest.BodyPublishers.ofString(PayloadJson.canonical(body)))
                .build()));
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

    private static JsonNode json(String text) {
        try {
            return PayloadJson.mapper().readTree(text);
        } catch (IOException broken) {
            throw new IllegalStateException(text, broken);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
