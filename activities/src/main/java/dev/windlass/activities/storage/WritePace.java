package dev.windlass.activities.storage;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * R2 takes one write a second for each key (https://developers.cloudflare.com/r2/platform/limits/); more are answered 429.
 */
final class WritePace {
    private static final Duration GAP = Duration.ofMillis(1100);
    private static final int REMEMBERED = 1000;

    private final Map<String, Long> nextTurn = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Returns when the key may be written. */
    void awaitTurn(String key) throws InterruptedException {
        Thread.sleep(Duration.ofNanos(waitFor(key, System.nanoTime())));
    }

    /** @return nanoseconds; the turn is taken */
    synchronized long waitFor(String key, long now) {
        long turn = nextTurn.getOrDefault(key, now);
        long wait = Math.max(0, turn - now);
        nextTurn.put(key, now + wait + GAP.toNanos());
        return wait;
    }
}
