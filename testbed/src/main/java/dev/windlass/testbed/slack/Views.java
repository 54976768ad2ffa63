package dev.windlass.testbed.slack;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Modals that are open: https://docs.slack.dev/reference/methods/views.open . A trigger is used once, within three seconds
 * of the click: https://docs.slack.dev/interactivity/handling-user-interaction .
 */
final class Views {
    private static final Duration TRIGGER = Duration.ofSeconds(3);

    private record Trigger(String user, Instant given) {}

    private final Clock clock;
    private final Map<String, Optional<Trigger>> triggers = new LinkedHashMap<>();
    /** By id, with its user. */
    private final Map<String, ObjectNode> open = new LinkedHashMap<>();

    private int counter;

    Views(Clock clock) {
        this.clock = clock;
    }

    synchronized String trigger(String user) {
        String id = "13345224609.738474920." + String.format("%08x", ++counter);
        triggers.put(id, Optional.of(new Trigger(user, clock.instant())));
        return id;
    }

    synchronized SlackAnswer open(SlackCall call) {
        String id = call.argument("trigger_id").orElse("");
        Optional<Trigger> trigger = triggers.getOrDefault(id, Optional.empty());
        if (!triggers.containsKey(id)) {
            return new SlackAnswer.Refused(SlackError.of("invalid_trigger_id"));
        }
        if (trigger.isEmpty()) {
            return new SlackAnswer.Refused(SlackError.of("exchanged_trigger_id"));
        }
        if (trigger.get().given().plus(TRIGGER).isBefore(clock.instant())) {
            return new SlackAnswer.Refused(SlackError.of("expired_trigger_id"));
        }
        JsonNode asked = call.json("view").orElse(SlackCall.JSON.missingNode());
        List<String> problems = ViewShape.problemsOf(asked);
        if (!problems.isEmpty()) {
            return new SlackAnswer.Refused(new SlackError(
                    "invalid_arguments",
                    Map.of(),
                    problems.stream().map(each -> "[ERROR] " + each).toList()));
        }
        triggers.put(id, Optional.empty());
        ObjectNode view = (ObjectNode) asked.deepCopy();
        view.put("id", "V0" + String.format("%08X", ++counter));
        view.put("team_id", Interactivity.TEAM);
        view.put("app_id", Interactivity.APP);
        view.put("hash", counter + ".testbed");
        ObjectNode kept = view.deepCopy();
        kept.put("user", trigger.get().user());
        open.put(view.path("id").asString(), kept);
        ObjectNode answer = SlackCall.JSON.createObjectNode();
        answer.set("view", view);
        return new SlackAnswer.Ok(answer);
    }

    synchronized Optional<ObjectNode> of(String user) {
        return open.values().stream()
                .filter(view -> view.path("user").asString("").equals(user))
                .map(ObjectNode::deepCopy)
                .reduce((first, last) -> last);
    }

    synchronized Optional<ObjectNode> find(String id) {
        return Optional.ofNullable(open.get(id)).map(ObjectNode::deepCopy);
    }

    synchronized void close(String id) {
        open.remove(id);
    }

    synchronized byte[] lines() {
        var lines = new StringBuilder();
        open.values().forEach(view -> lines.append(view).append('\n'));
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }
}
