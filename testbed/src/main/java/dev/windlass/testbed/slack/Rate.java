package dev.windlass.testbed.slack;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * 429 with Retry-After: https://docs.slack.dev/apis/web-api/rate-limits . chat.postMessage: one message a second for a
 * channel; chat.update and conversations.history: tier 3, 50 a minute.
 */
final class Rate {
    private static final int TIER_3 = 50;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Duration messageGap;
    private final Clock clock;
    private final Map<String, Deque<Instant>> calls = new HashMap<>();

    Rate(Duration messageGap, Clock clock) {
        this.messageGap = messageGap;
        this.clock = clock;
    }

    /** How long the caller has to wait, empty when the call is let through and counted. */
    synchronized Optional<Duration> take(SlackCall call) {
        return switch (call.method()) {
            case "chat.postMessage" -> take("post/" + call.argument("channel").orElse(""), 1, messageGap);
            case "chat.update", "conversations.history" -> take(call.method(), TIER_3, MINUTE);
            default -> Optional.empty();
        };
    }

    private Optional<Duration> take(String name, int most, Duration window) {
        Instant now = clock.instant();
        Deque<Instant> recent = calls.computeIfAbsent(name, n -> new ArrayDeque<>());
        while (!recent.isEmpty() && !recent.getFirst().plus(window).isAfter(now)) {
            recent.removeFirst();
        }
        if (recent.size() >= most) {
            return Optional.of(Duration.between(now, recent.getFirst().plus(window)));
        }
        recent.addLast(now);
        return Optional.empty();
    }
}
