package dev.windlass.testbed.slack;

import dev.windlass.testbed.control.Door;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The channels as a page for people, whose buttons work. */
final class Page {
    private final Interactivity settings;
    private final List<String> channels;
    private final Messages messages;
    private final Ephemerals ephemerals;
    private final Views views;
    private final Interactions interactions;
    private final PageBlocks blocks;

    Page(
            Interactivity settings,
            List<String> channels,
            Messages messages,
            Ephemerals ephemerals,
            Views views,
            Interactions interactions) {
        this.settings = settings;
        this.channels = List.copyOf(channels);
        this.messages = messages;
        this.ephemerals = ephemerals;
        this.views = views;
        this.interactions = interactions;
        this.blocks = new PageBlocks(new Mrkdwn(settings));
    }

    Door.Answer serve(Door.Incoming request) throws IOException {
        String path = request.uri().getPath();
        String user = query(request).getOrDefault("user", "");
        return switch (request.method() + " " + path) {
            case "GET /" -> answer(200, "text/html", whole());
            case "GET /page/messages" -> answer(200, "text/html", shown(user));
            case "GET /page/view" ->
                answer(200, "text/html", views.of(user).map(blocks::view).orElse(""));
            case "POST /page/click" -> {
                JsonNode body = SlackCall.JSON.readTree(request.body());
                yield outcome(interactions.click(
                        body.path("user").asString(""),
                        body.path("channel").asString(""),
                        body.path("ts").asString(""),
                        body.path("action").asString(""),
                        body.path("value").asString("")));
            }
            case "POST /page/submit" -> {
                JsonNode body = SlackCall.JSON.readTree(request.body());
                yield outcome(interactions.submit(
                        body.path("user").asString(""), body.path("view").asString(""), body.path("values")));
            }
            case "POST /page/close" -> {
                views.close(SlackCall.JSON.readTree(request.body()).path("view").asString(""));
                yield answer(200, "application/json", "{}");
            }
            default -> answer(404, "text/plain", "there is no " + path);
        };
    }

    private String whole() throws IOException {
        StringBuilder users = new StringBuilder();
        settings.users()
                .forEach((id, name) -> users.append("<option value=\"%s\">%s (%s)</option>"
                        .formatted(Mrkdwn.plain(id), Mrkdwn.plain(name), Mrkdwn.plain(id))));
        try (InputStream page = Objects.requireNonNull(Page.class.getResourceAsStream("page.html"))) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8).replace("<!--users-->", users);
        }
    }

    /** Oldest first, what only this person sees at the end, as in Slack. */
    private String shown(String user) {
        List<ObjectNode> all = new ArrayList<>();
        channels.forEach(channel -> all.addAll(messages.of(channel)));
        all.sort(java.util.Comparator.comparing(each -> each.path("ts").asString("")));
        StringBuilder html = new StringBuilder();
        all.forEach(message -> html.append(blocks.message(message)));
        for (ObjectNode message : ephemerals.of(user)) {
            html.append(blocks.ephemeral(message));
        }
        return html.isEmpty() ? "<p class=\"nothing\">Nothing was said here yet.</p>" : html.toString();
    }

    private static Door.Answer outcome(Delivery.Outcome outcome) {
        ObjectNode json = SlackCall.JSON.createObjectNode();
        json.put("problem", outcome.problem());
        json.set("body", outcome.body().isMissingNode() ? SlackCall.JSON.nullNode() : outcome.body());
        return answer(200, "application/json", json.toString());
    }

    private static Door.Answer answer(int status, String type, String body) {
        return new Door.Answer(
                status,
                Map.of("Content-Type", type + "; charset=utf-8", "Cache-Control", "no-store"),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> query(Door.Incoming request) {
        Map<String, String> found = new LinkedHashMap<>();
        String query = request.uri().getRawQuery();
        for (String pair : (query == null ? "" : query).split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                found.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return found;
    }
}
