package dev.windlass.testbed.slack;

import java.time.Clock;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What people do: https://docs.slack.dev/reference/interaction-payloads/block_actions-payload and
 * …/view-interactions-payload .
 */
final class Interactions {
    private final Interactivity settings;
    private final Messages messages;
    private final Views views;
    private final Delivery delivery;
    private final Clock clock;
    private long lastAction;

    Interactions(Interactivity settings, Messages messages, Views views, Delivery delivery, Clock clock) {
        this.settings = settings;
        this.messages = messages;
        this.views = views;
        this.delivery = delivery;
        this.clock = clock;
    }

    Delivery.Outcome click(String user, String channel, String ts, String action, String value) {
        Optional<ObjectNode> message = messages.of(channel).stream()
                .filter(each -> each.path("ts").asString("").equals(ts))
                .findFirst();
        Optional<JsonNode> button = message.flatMap(each -> buttons(each)
                .filter(found -> found.path("action_id").asString("").equals(action)
                        && found.path("value").asString("").equals(value))
                .findFirst());
        if (button.isEmpty()) {
            return Delivery.Outcome.failed("there is no such button any more");
        }
        ObjectNode payload = payload("block_actions", user);
        payload.putObject("container")
                .put("type", "message")
                .put("message_ts", ts)
                .put("channel_id", channel)
                .put("is_ephemeral", false);
        payload.put("trigger_id", views.trigger(user));
        payload.putObject("channel").put("id", channel).put("name", "operations");
        ObjectNode shown = message.get().deepCopy();
        shown.remove("channel");
        payload.set("message", shown);
        payload.putObject("state").putObject("values");
        ObjectNode acted = payload.putArray("actions").addObject();
        acted.put("type", "button")
                .put("action_id", action)
                .put("block_id", "answers")
                .put("value", value);
        acted.set("text", button.get().path("text"));
        acted.put("action_ts", nextActionTs());
        return delivery.send(payload);
    }

    private static java.util.stream.Stream<JsonNode> buttons(JsonNode message) {
        return message.path("blocks")
                .valueStream()
                .flatMap(block -> block.path("elements").valueStream())
                .filter(element -> element.path("type").asString("").equals("button"));
    }

    /** @param values by block and action */
    Delivery.Outcome submit(String user, String viewId, JsonNode values) {
        Optional<ObjectNode> open =
                views.find(viewId).filter(each -> each.path("user").asString("").equals(user));
        if (open.isEmpty()) {
            return Delivery.Outcome.failed("this dialog is not open");
        }
        ObjectNode payload = payload("view_submission", user);
        payload.put("trigger_id", views.trigger(user));
        ObjectNode view = open.get();
        view.remove("user");
        view.putObject("state").set("values", values);
        payload.set("view", view);
        payload.putArray("response_urls");
        Delivery.Outcome outcome = delivery.send(payload);
        boolean stays = !outcome.problem().isEmpty()
                || outcome.body().path("response_action").asString("").equals("errors");
        if (!stays) {
            views.close(viewId);
        }
        return outcome;
    }

    private ObjectNode payload(String type, String user) {
        ObjectNode payload = SlackCall.JSON.createObjectNode();
        payload.put("type", type);
        payload.putObject("team").put("id", Interactivity.TEAM).put("domain", "testbed");
        payload.putObject("user")
                .put("id", user)
                .put("username", settings.nameOf(user).toLowerCase(java.util.Locale.ROOT))
                .put("name", settings.nameOf(user).toLowerCase(java.util.Locale.ROOT))
                .put("team_id", Interactivity.TEAM);
        payload.put("api_app_id", Interactivity.APP);
        payload.put("token", "deprecated");
        payload.putNull("enterprise");
        payload.put("is_enterprise_install", false);
        return payload;
    }

    private synchronized String nextActionTs() {
        lastAction = Math.max(lastAction + 1, clock.millis() * 1000);
        return "%d.%06d".formatted(lastAction / 1_000_000, lastAction % 1_000_000);
    }
}
