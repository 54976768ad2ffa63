package dev.windlass.testbed.slack;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Block Kit as HTML. Ids for tests: message-TS, ACTION-VALUE for a button, BLOCK-ACTION for an input, submit-view. */
final class PageBlocks {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Mrkdwn markup;

    PageBlocks(Mrkdwn markup) {
        this.markup = markup;
    }

    String message(ObjectNode message) {
        String ts = message.path("ts").asString("");
        String inside = message.path("blocks").isArray()
                ? blocks(message.path("blocks"))
                : "<div class=\"section\">"
                        + Emoji.html(markup.html(message.path("text").asString(""))) + "</div>";
        return """
                <article class="message" id="message-%s" data-ts="%s" data-channel="%s">
                <div class="avatar">⚓</div><div class="body"><div class="who"><b>Windlass</b> <span class="app">APP</span> \
                <span class="when">%s</span></div>%s<div class="problem" hidden></div></div></article>
                """.formatted(
                        Mrkdwn.plain(ts),
                        Mrkdwn.plain(ts),
                        Mrkdwn.plain(message.path("channel").asString("")),
                        at(ts),
                        inside);
    }

    String ephemeral(ObjectNode message) {
        String ts = message.path("message_ts").asString("");
        return """
                <article class="message ephemeral" id="ephemeral-%s"><div class="avatar">⚓</div><div class="body">
                <div class="only">Only visible to you</div>
                <div class="who"><b>Windlass</b> <span class="app">APP</span> <span class="when">%s</span></div>\
                <div class="section">%s</div></div></article>
                """.formatted(
                        Mrkdwn.plain(ts),
                        at(ts),
                        Emoji.html(markup.html(message.path("text").asString(""))));
    }

    String view(ObjectNode view) {
        String close = view.has("close") ? text(view.path("close")) : "Cancel";
        return """
                <form id="view" data-view="%s"><h2>%s</h2>%s
                <div class="buttons"><button type="button" id="close-view">%s</button>
                <button type="submit" id="submit-view" class="primary">%s</button></div></form>
                """.formatted(
                        Mrkdwn.plain(view.path("id").asString("")),
                        text(view.path("title")),
                        blocks(view.path("blocks")),
                        close,
                        text(view.path("submit")));
    }

    private String blocks(JsonNode blocks) {
        StringBuilder html = new StringBuilder();
        blocks.valueStream().forEach(block -> html.append(block(block)));
        return html.toString();
    }

    private String block(JsonNode block) {
        return switch (block.path("type").asString("")) {
            case "header" -> "<h3>" + text(block.path("text")) + "</h3>";
            case "section" -> {
                StringBuilder html = new StringBuilder();
                if (block.has("text")) {
                    html.append("<div class=\"section\">")
                            .append(text(block.path("text")))
                            .append("</div>");
                }
                if (block.has("fields")) {
                    html.append("<div class=\"fields\">");
                    block.path("fields")
                            .valueStream()
                            .forEach(field ->
                                    html.append("<div>").append(text(field)).append("</div>"));
                    html.append("</div>");
                }
                yield html.toString();
            }
            case "context" -> {
                StringBuilder html = new StringBuilder("<div class=\"context\">");
                block.path("elements")
                        .valueStream()
                        .forEach(
                                each -> html.append("<span>").append(text(each)).append("</span> "));
                yield html.append("</div>").toString();
            }
            case "actions" -> {
                StringBuilder html = new StringBuilder("<div class=\"actions\">");
                block.path("elements").valueStream().forEach(button -> html.append(button(button)));
                yield html.append("</div>").toString();
            }
            case "input" -> input(block);
            case "divider" -> "<hr>";
            default -> "";
        };
    }

    private String button(JsonNode button) {
        String action = button.path("action_id").asString("");
        String value = button.path("value").asString("");
        JsonNode confirm = button.path("confirm");
        String dialog = confirm.isObject()
                ? " data-title=\"%s\" data-text=\"%s\" data-confirm=\"%s\" data-deny=\"%s\""
                        .formatted(
                                attribute(confirm.path("title")),
                                attribute(confirm.path("text")),
                                attribute(confirm.path("confirm")),
                                attribute(confirm.path("deny")))
                : "";
        return "<button type=\"button\" id=\"%s-%s\" class=\"%s\" data-action=\"%s\" data-value=\"%s\"%s>%s</button>"
                .formatted(
                        Mrkdwn.plain(action),
                        Mrkdwn.plain(value),
                        Mrkdwn.plain(button.path("style").asString("")),
                        Mrkdwn.plain(action),
                        Mrkdwn.plain(value),
                        dialog,
                        text(button.path("text")));
    }

    private String input(JsonNode block) {
        String blockId = Mrkdwn.plain(block.path("block_id").asString(""));
        String actionId = Mrkdwn.plain(block.path("element").path("action_id").asString(""));
        return """
                <label for="%s-%s">%s</label><textarea id="%s-%s" data-block="%s" data-action="%s" maxlength="%d" \
                required></textarea><div class="error" data-block="%s"></div><div class="context">%s</div>
                """.formatted(
                        blockId,
                        actionId,
                        text(block.path("label")),
                        blockId,
                        actionId,
                        blockId,
                        actionId,
                        block.path("element").path("max_length").asInt(3000),
                        blockId,
                        block.has("hint") ? text(block.path("hint")) : "");
    }

    private String text(JsonNode object) {
        String text = object.path("text").asString("");
        return object.path("type").asString("").equals("mrkdwn")
                ? Emoji.html(markup.html(text))
                : Emoji.html(Mrkdwn.plain(text));
    }

    private static String attribute(JsonNode object) {
        return Mrkdwn.plain(object.path("text").asString("")).replace("<br>", "&#10;");
    }

    private static String at(String ts) {
        return CLOCK.format(Instant.ofEpochSecond(new BigDecimal(ts).longValue()));
    }
}
