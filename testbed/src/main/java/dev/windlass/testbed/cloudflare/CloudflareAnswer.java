package dev.windlass.testbed.cloudflare;

import dev.windlass.testbed.control.Door;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code {"success":…,"errors":[…],"messages":[…],"result":…}}, https://developers.cloudflare.com/api/ . */
sealed interface CloudflareAnswer {
    record Ok(JsonNode result, List<Told> messages) implements CloudflareAnswer {}

    /** @param perPage at most so many of them on a page */
    record Page(List<? extends JsonNode> all, int page, int perPage) implements CloudflareAnswer {}

    record Refused(int status, Told error, List<Told> chain) implements CloudflareAnswer {}

    /** https://developers.cloudflare.com/fundamentals/api/reference/limits/ */
    record Limited(long seconds, int limit) implements CloudflareAnswer {}

    record Told(int code, String message) {}

    static Refused refused(int status, int code, String message) {
        return new Refused(status, new Told(code, message), List.of());
    }

    static Ok ok(JsonNode result) {
        return new Ok(result, List.of());
    }

    default Door.Answer http() {
        return switch (this) {
            case Ok ok -> {
                ObjectNode body = envelope(true);
                ok.messages().forEach(told -> put(body.withArray("messages").addObject(), told));
                body.set("result", ok.result());
                yield json(200, body, Map.of());
            }
            case Page page -> json(200, body(page), Map.of());
            case Refused refused -> {
                ObjectNode body = envelope(false);
                ObjectNode error = put(body.withArray("errors").addObject(), refused.error());
                refused.chain()
                        .forEach(told -> put(error.withArray("error_chain").addObject(), told));
                body.putNull("result");
                yield json(refused.status(), body, Map.of());
            }
            case Limited limited -> {
                ObjectNode body = envelope(false);
                put(
                        body.withArray("errors").addObject(),
                        new Told(971, "Please wait and consider throttling your request speed"));
                body.putNull("result");
                yield json(
                        429,
                        body,
                        Map.of(
                                "Retry-After",
                                Long.toString(limited.seconds()),
                                "X-RateLimit-Limit",
                                Integer.toString(limited.limit()),
                                "X-RateLimit-Remaining",
                                "0"));
            }
        };
    }

    private static ObjectNode body(Page page) {
        int from = Math.min(page.all().size(), (page.page() - 1) * page.perPage());
        int to = Math.min(page.all().size(), from + page.perPage());
        ObjectNode body = envelope(true);
        var result = body.putArray("result");
        page.all().subList(from, to).forEach(result::add);
        body.putObject("result_info")
                .put("page", page.page())
                .put("per_page", page.perPage())
                .put("count", to - from)
                .put("total_count", page.all().size())
                .put("total_pages", (page.all().size() + page.perPage() - 1) / page.perPage());
        return body;
    }

    private static ObjectNode envelope(boolean success) {
        ObjectNode body = CloudflareCall.JSON.createObjectNode().put("success", success);
        body.putArray("errors");
        body.putArray("messages");
        return body;
    }

    private static ObjectNode put(ObjectNode into, Told told) {
        return into.put("code", told.code()).put("message", told.message());
    }

    private static Door.Answer json(int status, JsonNode body, Map<String, String> more) {
        Map<String, String> headers = new TreeMap<>(more);
        headers.put("Content-Type", "application/json");
        return new Door.Answer(status, headers, body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
