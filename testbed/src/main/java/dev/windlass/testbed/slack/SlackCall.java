package dev.windlass.testbed.slack;

import dev.windlass.testbed.control.Door;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One Web API call. Arguments come as a form, as a query or as JSON with the token in the Authorization header:
 * https://docs.slack.dev/apis/web-api/ .
 *
 * @param arguments without the token; nested JSON stays JSON text, as it is in a form
 */
record SlackCall(String method, Optional<String> token, Map<String, String> arguments) {
    static final JsonMapper JSON = JsonMapper.builder().build();

    /** Empty when the body is not what its content type says. */
    static Optional<SlackCall> of(Door.Incoming request) {
        Map<String, String> arguments = new LinkedHashMap<>();
        String query = request.uri().getRawQuery();
        form(query == null ? "" : query, arguments);
        String type = Optional.ofNullable(request.headers().getFirst("Content-Type"))
                .orElse("")
                .toLowerCase(Locale.ROOT);
        String body = new String(request.body(), StandardCharsets.UTF_8);
        if (type.startsWith("application/json")) {
            if (!json(body, arguments)) {
                return Optional.empty();
            }
        } else if (type.startsWith("application/x-www-form-urlencoded")) {
            form(body, arguments);
        }
        Optional<String> bearer = Optional.ofNullable(request.headers().getFirst("Authorization"))
                .filter(header -> header.startsWith("Bearer "))
                .map(header -> header.substring("Bearer ".length()));
        Optional<String> token = bearer.or(() -> Optional.ofNullable(arguments.get("token")));
        arguments.remove("token");
        String path = request.uri().getPath();
        return Optional.of(new SlackCall(path.substring(path.lastIndexOf('/') + 1), token, Map.copyOf(arguments)));
    }

    private static boolean json(String body, Map<String, String> arguments) {
        try {
            JsonNode root = JSON.readTree(body);
            if (!root.isObject()) {
                return false;
            }
            root.properties()
                    .forEach(field -> arguments.put(
                            field.getKey(),
                            field.getValue().isString()
                                    ? field.getValue().asString()
                                    : field.getValue().toString()));
            return true;
        } catch (JacksonException e) {
            return false;
        }
    }

    private static void form(String text, Map<String, String> arguments) {
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                arguments.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    Optional<String> argument(String name) {
        return Optional.ofNullable(arguments.get(name)).filter(value -> !value.isEmpty());
    }

    /** Flags are true/false or 1/0. */
    boolean isSet(String name) {
        return argument(name).filter(v -> v.equals("true") || v.equals("1")).isPresent();
    }

    /** An argument that holds JSON; a missing node when it is not JSON. */
    Optional<JsonNode> json(String name) {
        return argument(name).map(text -> {
            try {
                return JSON.readTree(text);
            } catch (JacksonException e) {
                return JSON.missingNode();
            }
        });
    }
}
