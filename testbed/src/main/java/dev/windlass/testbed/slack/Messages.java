package dev.windlass.testbed.slack;

import dev.windlass.testbed.control.RequestLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** The messages, as JSON lines on disk: each state of a message is a line, the last one counts. */
final class Messages {
    private final RequestLog file;
    private final Clock clock;
    /** By channel and ts. */
    private final TreeMap<String, ObjectNode> current = new TreeMap<>();

    private long lastMicros;

    Messages(Path file, Clock clock) throws IOException {
        this.file = new RequestLog(file);
        this.clock = clock;
        for (String line : new String(this.file.lines(), StandardCharsets.UTF_8).split("\n")) {
            if (!line.isBlank()) {
                remember((ObjectNode) SlackCall.JSON.readTree(line));
            }
        }
    }

    synchronized ObjectNode post(SlackCall call) throws IOException {
        ObjectNode message = SlackCall.JSON.createObjectNode();
        message.put("channel", call.argument("channel").orElse(""));
        message.put("ts", nextTs());
        message.put("type", "message");
        message.put("user", "U0TESTBED");
        message.put("bot_id", "B0TESTBED");
        call.argument("thread_ts").ifPresent(ts -> message.put("thread_ts", ts));
        return write(message, call);
    }

    synchronized Optional<ObjectNode> update(SlackCall call) throws IOException {
        ObjectNode old = current.get(
                key(call.argument("channel").orElse(""), call.argument("ts").orElse("")));
        if (old == null) {
            return Optional.empty();
        }
        ObjectNode message = old.deepCopy();
        // "previous blocks will only be retained if the text argument is not provided":
        // https://docs.slack.dev/reference/methods/chat.update
        if (call.argument("text").or(() -> call.argument("markdown_text")).isPresent()) {
            message.remove("blocks");
        }
        return Optional.of(write(message, call));
    }

    private ObjectNode write(ObjectNode message, SlackCall call) throws IOException {
        message.put(
                "text",
                call.argument("text")
                        .or(() -> call.argument("markdown_text"))
                        .orElse(message.path("text").asString("")));
        for (String part : List.of("blocks", "attachments", "metadata")) {
            call.json(part).ifPresent(json -> message.set(part, json));
        }
        file.append(SlackCall.JSON.convertValue(message, new tools.jackson.core.type.TypeReference<>() {}));
        remember(message);
        return message;
    }

    /** Newest first. */
    synchronized List<ObjectNode> of(String channel) {
        List<ObjectNode> found = new ArrayList<>();
        for (ObjectNode message : current.values()) {
            if (message.path("channel").asString("").equals(channel)) {
                found.add(message.deepCopy());
            }
        }
        found.sort(Comparator.comparing((ObjectNode m) -> m.path("ts").asString(""))
                .reversed());
        return found;
    }

    /** One line for each message, as it is now. */
    synchronized byte[] lines() {
        var lines = new StringBuilder();
        current.values().forEach(message -> lines.append(message).append('\n'));
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void remember(ObjectNode message) {
        String ts = message.path("ts").asString("");
        current.put(key(message.path("channel").asString(""), ts), message);
        lastMicros = Math.max(lastMicros, Long.parseLong(ts.replace(".", "")));
    }

    /** Seconds and microseconds, unique: the id of a message in its channel. */
    private String nextTs() {
        lastMicros = Math.max(lastMicros + 1, clock.millis() * 1000);
        return "%d.%06d".formatted(lastMicros / 1_000_000, lastMicros % 1_000_000);
    }

    private static String key(String channel, String ts) {
        return channel + "/" + ts;
    }
}
