package dev.windlass.testbed.cloudflare;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * 1,200 requests in five minutes; who passes that is shut out for the next five minutes.
 * https://developers.cloudflare.com/fundamentals/api/reference/limits/
 */
final class Rate implements CloudflareRule {
    private final int most;
    private final Duration window;
    private final Clock clock;
    private final Deque<Instant> recent = new ArrayDeque<>();
    private Instant openAgain = Instant.MIN;

    Rate(int most, Duration window, Clock clock) {
        this.most = most;
        this.window = window;
        this.clock = clock;
    }

    @Override
    public synchronized Optional<CloudflareAnswer> judge(CloudflareCall call) {
        Instant now = clock.instant();
        while (!recent.isEmpty() && !recent.getFirst().plus(window).isAfter(now)) {
            recent.removeFirst();
        }
        if (recent.size() >= most && !now.isBefore(openAgain)) {
            openAgain = now.plus(window);
            recent.clear();
        }
        if (now.isBefore(openAgain)) {
            long seconds = Duration.between(now, openAgain).plusMillis(999).toSeconds();
            return Optional.of(new CloudflareAnswer.Limited(seconds, most));
        }
        recent.addLast(now);
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "Rate";
    }
}
