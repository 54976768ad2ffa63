package dev.windlass.runbooks.stagingsync;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** SQL for an object of allowed keys alone. What is built holds nothing that was not asked for by name. */
final class JsonMask {
    /** Functions take a hundred arguments at most; a key and its value are two. */
    private static final int KEYS_OF_ONE_CALL = 40;

    private final Map<String, JsonMask> below = new TreeMap<>();

    private JsonMask() {}

    /** @param value an expression of type jsonb */
    static String of(List<String> allowed, String value) {
        JsonMask root = new JsonMask();
        allowed.forEach(path -> root.enter(List.of(path.split("\\."))));
        return "jsonb_strip_nulls(" + root.object(value, List.of()) + ")";
    }

    private void enter(List<String> path) {
        JsonMask child = below.computeIfAbsent(path.getFirst(), key -> new JsonMask());
        if (path.size() > 1) {
            child.enter(path.subList(1, path.size()));
        }
    }

    private String object(String value, List<String> path) {
        List<String> pairs = new ArrayList<>();
        below.forEach((key, child) -> {
            List<String> deeper = Stream.concat(path.stream(), Stream.of(key)).toList();
            pairs.add(SqlText.literal(key) + ", "
                    + (child.below.isEmpty() ? plain(at(value, deeper)) : child.object(value, deeper)));
        });
        if (pairs.isEmpty()) {
            return "jsonb_build_object()";
        }
        List<String> calls = new ArrayList<>();
        for (int from = 0; from < pairs.size(); from += KEYS_OF_ONE_CALL) {
            calls.add(pairs.subList(from, Math.min(pairs.size(), from + KEYS_OF_ONE_CALL)).stream()
                    .collect(Collectors.joining(", ", "jsonb_build_object(", ")")));
        }
        return String.join(" || ", calls);
    }

    private static String at(String value, List<String> path) {
        return path.stream().map(SqlText::literal).collect(Collectors.joining(" -> ", "(" + value + " -> ", ")"));
    }

    /** An object below an allowed key holds keys that nobody has allowed. */
    private static String plain(String value) {
        return "CASE jsonb_typeof(" + value + ") WHEN 'object' THEN NULL WHEN 'array' THEN CASE WHEN jsonb_path_exists("
                + value + ", 'strict $[*] ? (@.type() == \"object\" || @.type() == \"array\")') THEN NULL ELSE " + value
                + " END ELSE " + value + " END";
    }
}
