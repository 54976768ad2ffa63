package dev.windlass.testbed.slack;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One page of conversations.history: https://docs.slack.dev/reference/methods/conversations.history . Newest first;
 * metadata only when asked for; oldest and latest exclusive unless inclusive; limit 100, at most 999.
 */
final class History {
    private static final int MOST = 999;
    private static final String CURSOR = "next_ts:";

    private final Messages messages;

    History(Messages messages) {
        this.messages = messages;
    }

    SlackAnswer page(SlackCall call) {
        Optional<Integer> limit = number(call.argument("limit").orElse("100"));
        if (limit.isEmpty() || limit.get() < 1 || limit.get() > MOST) {
            return new SlackAnswer.Refused(SlackError.of("invalid_limit"));
        }
        Optional<String> before = call.argument("cursor").map(History::tsOf);
        if (before.isPresent() && before.get().isEmpty()) {
            return new SlackAnswer.Refused(SlackError.of("invalid_cursor"));
        }
        for (String bound : List.of("oldest", "latest")) {
            if (call.argument(bound)
                    .filter(ts -> !ts.matches("\\d+(\\.\\d{1,6})?"))
                    .isPresent()) {
                return new SlackAnswer.Refused(SlackError.of("invalid_ts_" + bound));
            }
        }
        List<ObjectNode> all = messages.of(call.argument("channel").orElse("")).stream()
                // Replies in a thread are read by conversations.replies.
                .filter(m -> !m.has("thread_ts") || m.path("thread_ts").equals(m.path("ts")))
                .filter(m -> isWithin(call, m.path("ts").asString("")))
                .filter(m -> before.isEmpty() || m.path("ts").asString("").compareTo(before.get()) < 0)
                .toList();
        List<ObjectNode> page = all.subList(0, Math.min(limit.get(), all.size()));
        return new SlackAnswer.Ok(json(call, page, all.size() > page.size()));
    }

    private static ObjectNode json(SlackCall call, List<ObjectNode> page, boolean more) {
        ObjectNode answer = SlackCall.JSON.createObjectNode();
        ArrayNode list = answer.putArray("messages");
        for (ObjectNode message : page) {
            message.remove("channel");
            if (!call.isSet("include_all_metadata")) {
                message.remove("metadata");
            }
            list.add(message);
        }
        answer.put("has_more", more);
        answer.put("pin_count", 0);
        if (more) {
            String last = CURSOR + page.getLast().path("ts").asString("");
            answer.putObject("response_metadata")
                    .put("next_cursor", Base64.getEncoder().encodeToString(last.getBytes(StandardCharsets.UTF_8)));
        }
        return answer;
    }

    private static boolean isWithin(SlackCall call, String ts) {
        int least = call.isSet("inclusive") ? 0 : 1;
        var at = new BigDecimal(ts);
        return call.argument("oldest")
                        .map(o -> at.compareTo(new BigDecimal(o)) >= least)
                        .orElse(true)
                && call.argument("latest")
                        .map(l -> new BigDecimal(l).compareTo(at) >= least)
                        .orElse(true);
    }

    /** Empty when it is no cursor of ours. */
    private static String tsOf(String cursor) {
        try {
            String text = new String(Base64.getDecoder().decode(cursor), StandardCharsets.UTF_8);
            return text.startsWith(CURSOR) ? text.substring(CURSOR.length()) : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
