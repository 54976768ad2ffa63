package dev.windlass.testbed.slack;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A modal as views.open takes it: https://docs.slack.dev/reference/views/modal-views ,
 * https://docs.slack.dev/reference/block-kit/blocks/input-block ,
 * https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element .
 */
final class ViewShape {
    private final List<String> problems = new ArrayList<>();

    static List<String> problemsOf(JsonNode view) {
        ViewShape shape = new ViewShape();
        shape.check(view);
        return shape.problems;
    }

    private void check(JsonNode view) {
        only(
                view,
                Set.of(
                        "type",
                        "title",
                        "blocks",
                        "close",
                        "submit",
                        "private_metadata",
                        "callback_id",
                        "clear_on_close",
                        "notify_on_close",
                        "external_id",
                        "submit_disabled"),
                "");
        if (!view.path("type").asString("").equals("modal")) {
            problems.add("type must be modal");
        }
        plain(view, "title", 24, true);
        plain(view, "submit", 24, true);
        plain(view, "close", 24, false);
        most(view.path("private_metadata").asString(""), 3000, "/private_metadata");
        most(view.path("callback_id").asString(""), 255, "/callback_id");
        JsonNode blocks = view.path("blocks");
        if (!blocks.isArray() || blocks.isEmpty() || blocks.size() > 100) {
            problems.add("must have 1 to 100 items [json-pointer:/view/blocks]");
        }
        for (int i = 0; i < blocks.size(); i++) {
            JsonNode block = blocks.get(i);
            if (block.path("type").asString("").equals("input")) {
                input(block, "/blocks/" + i);
            } else {
                new BlockShape("/view/blocks/" + i, problems).check(block);
            }
        }
    }

    private void input(JsonNode block, String at) {
        only(block, Set.of("type", "block_id", "label", "element", "hint", "optional", "dispatch_action"), at);
        plain(block, "label", 2000, true);
        plain(block, "hint", 2000, false);
        JsonNode element = block.path("element");
        if (!element.path("type").asString("").equals("plain_text_input")) {
            problems.add("unsupported element: " + element.path("type") + " [json-pointer:/view" + at + "/element]");
        }
        only(
                element,
                Set.of(
                        "type",
                        "action_id",
                        "multiline",
                        "min_length",
                        "max_length",
                        "placeholder",
                        "initial_value",
                        "focus_on_load",
                        "dispatch_action_config"),
                at + "/element");
        plain(element, "placeholder", 150, false);
        if (element.path("max_length").asInt(3000) > 3000) {
            problems.add("max_length is at most 3000 [json-pointer:/view" + at + "/element]");
        }
    }

    private void plain(JsonNode owner, String field, int most, boolean required) {
        if (!owner.has(field)) {
            if (required) {
                problems.add("missing required field: " + field);
            }
            return;
        }
        if (!owner.path(field).path("type").asString("").equals("plain_text")) {
            problems.add(field + " must be plain_text");
        }
        most(owner.path(field).path("text").asString(""), most, "/" + field);
    }

    private void most(String text, int most, String at) {
        if (text.codePointCount(0, text.length()) > most) {
            problems.add("must be less than " + (most + 1) + " characters [json-pointer:/view" + at + "]");
        }
    }

    private void only(JsonNode owner, Set<String> fields, String at) {
        for (String name : owner.propertyNames()) {
            if (!fields.contains(name)) {
                problems.add("invalid additional property: " + name + " [json-pointer:/view" + at + "]");
            }
        }
    }
}
