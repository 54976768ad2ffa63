package dev.windlass.testbed.dokploy;

import dev.windlass.testbed.control.Door;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a call is answered with. */
sealed interface DokployAnswer {
    record Ok(JsonNode body) implements DokployAnswer {}

    /** A procedure that returns nothing has an empty body, not {@code null}. */
    record Nothing() implements DokployAnswer {}

    /** {@code {"message":…}} of a handler outside the procedures. */
    record Plain(int status, String message) implements DokployAnswer {}

    /** {@code {"message":…,"code":…,"issues":[…]}} of trpc-openapi. */
    record Refused(int status, String code, String message, List<Issue> issues) implements DokployAnswer {
        public Refused {
            issues = List.copyOf(issues);
        }
    }

    /** As zod words it. */
    record Issue(String field, String expected, String message) {}

    record Limited(long seconds) implements DokployAnswer {}

    static Refused refused(int status, String code, String message) {
        return new Refused(status, code, message, List.of());
    }

    default Door.Answer http() {
        return switch (this) {
            case Ok ok -> json(200, ok.body(), Map.of());
            case Nothing nothing -> new Door.Answer(200, Map.of("Content-Type", "application/json"), new byte[0]);
            case Plain plain -> json(plain.status(), message(plain.message()), Map.of());
            case Refused refused -> json(refused.status(), body(refused), Map.of());
            case Limited limited ->
                json(429, message("Too Many Requests"), Map.of("Retry-After", Long.toString(limited.seconds())));
        };
    }

    private static ObjectNode message(String text) {
        return DokployCall.JSON.createObjectNode().put("message", text);
    }

    private static ObjectNode body(Refused refused) {
        ObjectNode body = message(refused.message()).put("code", refused.code());
        if (!refused.issues().isEmpty()) {
            var issues = body.putArray("issues");
            for (Issue issue : refused.issues()) {
                issues.addObject()
                        .put("code", "invalid_type")
                        .put("expected", issue.expected())
                        .put("message", issue.message())
                        .putArray("path")
                        .add(issue.field());
            }
        }
        return body;
    }

    private static Door.Answer json(int status, JsonNode body, Map<String, String> more) {
        var headers = new java.util.HashMap<>(more);
        headers.put("Content-Type", "application/json");
        return new Door.Answer(status, headers, body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
