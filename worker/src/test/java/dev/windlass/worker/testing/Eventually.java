package dev.windlass.worker.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits for a condition, with a limit. */
public final class Eventually {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Eventually() {}

    public static void holds(Duration limit, String fact, Callable<Boolean> condition) {
        holds(limit, PAUSE, fact, condition);
    }

    /** @param pause between two looks */
    public static void holds(Duration limit, Duration pause, String fact, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        @Nullable Exception last = null;
        while (System.nanoTime() < deadline) {
            try {
                if (condition.call()) {
                    return;
                }
                last = null;
            } catch (Exception notYet) {
                last = notYet;
            }
            LockSupport.parkNanos(pause.toNanos());
        }
        throw new AssertionError("not within " + limit.toSeconds() + " s: " + fact, last);
    }
}
