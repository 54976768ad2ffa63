package dev.windlass.worker.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.windlass.activities.notify.SlackReplies;
import dev.windlass.workflows.approvals.Decision;
import dev.windlass.workflows.kernel.PayloadJson;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * From Slack's payload to a click:
 * https://docs.slack.dev/reference/interaction-payloads/block_actions-payload and …/view-interactions-payload . Names of
 * people and whatever else stands in it is left unread.
 */
sealed interface ClickReading {
    record Clicked(Click click) implements ClickReading {}

    record Unreadable(String why) implements ClickReading {}

    /** What a dialog carries from the button to the reason; only the app itself can have put it there. */
    record Origin(String approval, String action, String channel, String messageTs, String actionTs) {
        String json() {
            return PayloadJson.canonical(this);
        }
    }

    Pattern ID = Pattern.compile("[A-Z][A-Z0-9]{1,30}");
    Pattern TS = Pattern.compile("\\d{1,15}\\.\\d{1,9}");

    static ClickReading of(String json) {
        try {
            JsonNode payload = PayloadJson.mapper().readTree(json);
            Click click = switch (payload.path("type").asText("")) {
                case "block_actions" -> button(payload);
                case "view_submission" -> dialog(payload);
                default -> throw new IllegalArgumentException("a payload of another type");
            };
            return new Clicked(click);
        } catch (JsonProcessingException broken) {
            return new Unreadable("not JSON");
        } catch (IllegalArgumentException unreadable) {
            return new Unreadable(String.valueOf(unreadable.getMessage()));
        }
    }

    private static Click button(JsonNode payload) {
        if (payload.path("actions").size() != 1) {
            throw new IllegalArgumentException(payload.path("actions").size() + " actions, one was expected");
        }
        JsonNode action = payload.path("actions").path(0);
        return new Click(
                need(payload, "/team/id", ID),
                need(payload, "/api_app_id", ID),
                need(payload, "/user/id", ID),
                need(payload, "/channel/id", ID),
                need(payload, "/container/message_ts", TS),
                need(action, "/action_ts", TS),
                action.path("value").asText(""),
                action.path("action_id").asText(""),
                Optional.empty(),
                payload.path("trigger_id").asText(""));
    }

    private static Click dialog(JsonNode payload) throws JsonProcessingException {
        JsonNode view = payload.path("view");
        if (!view.path("callback_id").asText("").equals(SlackReplies.DIALOG)) {
            throw new IllegalArgumentException("a dialog of another kind");
        }
        String reason = view.path("state")
                .path("values")
                .path(SlackReplies.BLOCK)
                .path(SlackReplies.ACTION)
                .path("value")
                .asText("")
                .strip();
        if (reason.length() > Decision.LONGEST_REASON) {
            throw new IllegalArgumentException("a reason of " + reason.length() + " characters");
        }
        JsonNode origin =
                PayloadJson.mapper().readTree(view.path("private_metadata").asText(""));
        return new Click(
                need(payload, "/team/id", ID),
                need(payload, "/api_app_id", ID),
                need(payload, "/user/id", ID),
                need(origin, "/channel", ID),
                need(origin, "/messageTs", TS),
                need(origin, "/actionTs", TS),
                origin.path("approval").asText(""),
                origin.path("action").asText(""),
                Optional.of(reason),
                payload.path("trigger_id").asText(""));
    }

    private static String need(JsonNode node, String pointer, Pattern form) {
        String value = node.at(pointer).asText("");
        if (!form.matcher(value).matches()) {
            throw new IllegalArgumentException("no usable " + pointer.substring(1));
        }
        return value;
    }
}
