package dev.windlass.testbed.slack;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Fields and limits of the blocks the double knows: https://docs.slack.dev/reference/block-kit/blocks/section-block ,
 * …/header-block , …/context-block , …/actions-block , …/divider-block , …/image-block ;
 * https://docs.slack.dev/reference/block-kit/block-elements/button-element ;
 * https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object .
 */
record BlockShape(String at, List<String> problems) {
    void check(JsonNode block) {
        text(block, "block_id", 255);
        switch (block.path("type").asString("")) {
            case "section" -> section(block);
            case "header" -> {
                only(block, Set.of("type", "block_id", "text", "level"));
                textObject(block, "text", 150, Set.of("plain_text"));
            }
            case "context" -> {
                only(block, Set.of("type", "block_id", "elements"));
                items(block, "elements", 10);
                for (int i = 0; i < block.path("elements").size(); i++) {
                    JsonNode element = block.path("elements").get(i);
                    if (!element.path("type").asString("").equals("image")) {
                        in("/elements/" + i).textOf(element, 2000, Set.of("plain_text", "mrkdwn"));
                    }
                }
            }
            case "actions" -> {
                only(block, Set.of("type", "block_id", "elements"));
                items(block, "elements", 25);
                for (int i = 0; i < block.path("elements").size(); i++) {
                    in("/elements/" + i).button(block.path("elements").get(i));
                }
            }
            case "divider" -> only(block, Set.of("type", "block_id"));
            case "image" -> {
                only(block, Set.of("type", "block_id", "alt_text", "image_url", "slack_file", "title"));
                required(block, "alt_text");
                text(block, "alt_text", 2000);
                text(block, "image_url", 3000);
            }
            default -> problem("unsupported type: " + block.path("type"));
        }
    }

    private void section(JsonNode block) {
        only(block, Set.of("type", "block_id", "text", "fields", "accessory", "expand"));
        if (block.has("text")) {
            textObject(block, "text", 3000, Set.of("plain_text", "mrkdwn"));
        } else if (!block.has("fields")) {
            problem("missing required field: text or fields");
        }
        if (block.has("fields")) {
            items(block, "fields", 10);
            for (int i = 0; i < block.path("fields").size(); i++) {
                in("/fields/" + i).textOf(block.path("fields").get(i), 2000, Set.of("plain_text", "mrkdwn"));
            }
        }
        if (block.has("accessory")) {
            in("/accessory").button(block.path("accessory"));
        }
    }

    private void button(JsonNode button) {
        if (!button.path("type").asString("").equals("button")) {
            problem("unsupported element: " + button.path("type"));
            return;
        }
        only(button, Set.of("type", "text", "action_id", "url", "value", "style", "confirm", "accessibility_label"));
        textObject(button, "text", 75, Set.of("plain_text"));
        text(button, "action_id", 255);
        text(button, "url", 3000);
        text(button, "value", 2000);
        if (button.has("style")
                && !Set.of("primary", "danger").contains(button.path("style").asString(""))) {
            problem("unknown style: " + button.path("style"));
        }
        if (button.has("confirm")) {
            BlockShape confirm = in("/confirm");
            JsonNode dialog = button.path("confirm");
            confirm.only(dialog, Set.of("title", "text", "confirm", "deny", "style"));
            confirm.textObject(dialog, "title", 100, Set.of("plain_text"));
            confirm.textObject(dialog, "text", 300, Set.of("plain_text", "mrkdwn"));
            confirm.textObject(dialog, "confirm", 30, Set.of("plain_text"));
            confirm.textObject(dialog, "deny", 30, Set.of("plain_text"));
        }
    }

    private void textObject(JsonNode owner, String field, int most, Set<String> types) {
        if (required(owner, field)) {
            in("/" + field).textOf(owner.path(field), most, types);
        }
    }

    private void textOf(JsonNode object, int most, Set<String> types) {
        only(object, Set.of("type", "text", "emoji", "verbatim"));
        if (!types.contains(object.path("type").asString(""))) {
            problem("type must be one of " + types);
        }
        if (object.path("text").asString("").isEmpty()) {
            problem("must be more than 0 characters");
        }
        text(object, "text", most);
    }

    private void text(JsonNode owner, String field, int most) {
        String text = owner.path(field).asString("");
        if (text.codePointCount(0, text.length()) > most) {
            in("/" + field).problem("must be less than " + (most + 1) + " characters");
        }
    }

    private void items(JsonNode owner, String field, int most) {
        int size = owner.path(field).size();
        if (!owner.path(field).isArray() || size == 0 || size > most) {
            in("/" + field).problem("must have 1 to " + most + " items, has " + size);
        }
    }

    private boolean required(JsonNode owner, String field) {
        if (!owner.has(field)) {
            problem("missing required field: " + field);
        }
        return owner.has(field);
    }

    private void only(JsonNode owner, Set<String> fields) {
        for (String name : owner.propertyNames()) {
            if (!fields.contains(name)) {
                problem("invalid additional property: " + name);
            }
        }
    }

    private BlockShape in(String below) {
        return new BlockShape(at + below, problems);
    }

    private void problem(String what) {
        problems.add(what + " [json-pointer:" + at + "]");
    }
}
