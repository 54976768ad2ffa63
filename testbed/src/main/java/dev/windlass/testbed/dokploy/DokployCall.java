package dev.windlass.testbed.dokploy;

import dev.windlass.testbed.control.Door;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One procedure of the API: a query is a GET with query parameters, a mutation is a POST of JSON. Dokploy 0.30.2,
 * openapi.json and apps/dokploy/pages/api/[...trpc].ts .
 *
 * @param procedure {@code application.deploy}
 */
record DokployCall(String method, String procedure, Optional<String> key, ObjectNode input) {
    static final JsonMapper JSON = JsonMapper.builder().build();

    /** Empty when the body is not a JSON object. */
    static Optional<DokployCall> of(Door.Incoming request) {
        ObjectNode input = JSON.createObjectNode();
        if (request.method().equals("GET")) {
            String query = request.uri().getRawQuery();
            for (String pair : (query == null ? "" : query).split("&")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    input.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
                }
            }
        } else if (request.body().length > 0) {
            try {
                JsonNode body = JSON.readTree(request.body());
                if (!(body instanceof ObjectNode object)) {
                    return Optional.empty();
                }
                input = object;
            } catch (JacksonException e) {
                return Optional.empty();
            }
        }
        return Optional.of(new DokployCall(
                request.method(),
                request.uri().getPath().substring("/api/".length()),
                Optional.ofNullable(request.headers().getFirst("x-api-key")),
                input));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Empty when it is not given, or is {@code null}. */
    Optional<String> text(String name) {
        return Optional.of(input.path(name).asString("")).filter(value -> !value.isEmpty());
    }
}
