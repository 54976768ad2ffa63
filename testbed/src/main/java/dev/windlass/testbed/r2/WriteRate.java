package dev.windlass.testbed.r2;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One write a second for one key, and not two at once: 429 TooManyRequests (10058),
 * https://developers.cloudflare.com/r2/api/error-codes/ . Parts of an upload are not writes of the key.
 */
final class WriteRate implements Rule {
    private static final Duration GAP = Duration.ofSeconds(1);

    /** When the next write is allowed; {@code Instant.MAX} while one is under way. */
    private final Map<String, Instant> free = new HashMap<>();

    private final Clock clock;

    WriteRate(Clock clock) {
        this.clock = clock;
    }

    /** Takes the key's turn; whoever got it must call {@link #ended}. */
    @Override
    public synchronized Optional<Refusal> judge(S3Request request) {
        if (!request.operation().isWriteOfKey()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        free.values().removeIf(at -> !at.isAfter(now));
        if (free.containsKey(slot(request))) {
            return Optional.of(Refusal.of(R2Error.TOO_MANY_REQUESTS));
        }
        free.put(slot(request), Instant.MAX);
        return Optional.empty();
    }

    enum Ending {
        WRITTEN,
        NOTHING_WRITTEN
    }

    synchronized void ended(S3Request request, Ending ending) {
        switch (ending) {
            case WRITTEN -> free.put(slot(request), clock.instant().plus(GAP));
            case NOTHING_WRITTEN -> free.remove(slot(request));
        }
    }

    private static String slot(S3Request request) {
        return request.bucket() + "/" + request.key();
    }
}
