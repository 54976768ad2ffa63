package dev.windlass.testbed.cloudflare;

import dev.windlass.testbed.control.Door;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * One call of the API below {@code /client/v4}.
 *
 * @param path its parts, {@code [zones, ID, dns_records]}
 */
record CloudflareCall(
        String method, List<String> path, Map<String, String> query, Optional<String> authorization, byte[] body) {
    static final JsonMapper JSON = JsonMapper.builder().build();
    static final String BASE = "/client/v4/";

    static CloudflareCall of(Door.Incoming request) {
        Map<String, String> query = new TreeMap<>();
        String raw = request.uri().getRawQuery();
        for (String pair : (raw == null ? "" : raw).split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return new CloudflareCall(
                request.method(),
                Arrays.asList(request.uri().getPath().substring(BASE.length()).split("/")),
                query,
                Optional.ofNullable(request.headers().getFirst("Authorization")),
                request.body());
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    String route() {
        StringBuilder route = new StringBuilder(method);
        for (int at = 0; at < path.size(); at++) {
            boolean isId = at % 2 == 1 && path.getFirst().equals("zones");
            route.append('/').append(isId ? "{id}" : path.get(at));
        }
        return route.toString();
    }

    int number(String name, int otherwise) {
        return Optional.ofNullable(query.get(name))
                .filter(text -> text.matches("[0-9]{1,7}"))
                .map(Integer::parseInt)
                .orElse(otherwise);
    }
}
