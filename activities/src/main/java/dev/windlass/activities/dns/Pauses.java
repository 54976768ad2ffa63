package dev.windlass.activities.dns;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits without a heartbeat, so for seconds only; a worker that stops ends it. */
final class Pauses {
    private Pauses() {}

    static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }
}
