package dev.windlass.testbed.dokploy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * 429 with Retry-After when a minute has seen too many requests, as a proxy in front answers
 * (https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/ratelimit/ ; Dokploy is served through Traefik).
 */
final class Rate implements DokployRule {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final int most;
    private final Clock clock;
    private final Deque<Instant> recent = new ArrayDeque<>();

    /** @param most in a minute; 0 means no limit */
    Rate(int most, Clock clock) {
        this.most = most;
        this.clock = clock;
    }

    @Override
    public synchronized Optional<DokployAnswer> judge(DokployCall call) {
        Instant now = clock.instant();
        while (!recent.isEmpty() && !recent.getFirst().plus(MINUTE).isAfter(now)) {
            recent.removeFirst();
        }
        if (most > 0 && recent.size() >= most) {
            Duration wait = Duration.between(now, recent.getFirst().plus(MINUTE));
            return Optional.of(new DokployAnswer.Limited(wait.plusMillis(999).toSeconds()));
        }
        recent.addLast(now);
        return Optional.empty();
    }
}
