package dev.windlass.activities.storage;

import java.time.Duration;

/**
 * How long a store may take. A server that hangs is noticed by {@code socket} (no byte of an answer) or by {@code
 * patience} (no byte of a body taken or given).
 *
 * @param socket of silence; closing the connection then takes as long again, because TLS waits for the other side's farewell
 * @param attempt for one try of a call that carries no body
 * @param part for one try of sending a part
 * @param attempts tries of each call
 * @param throttled the first wait after 429 or 503 Slow Down; half of it is certain, and R2 allows one write a second
 */
record S3Timing(
        Duration connect,
        Duration socket,
        Duration attempt,
        Duration part,
        Duration patience,
        int attempts,
        Duration backoff,
        Duration throttled) {
    static S3Timing standard() {
        return new S3Timing(
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofMinutes(2),
                Duration.ofHours(1),
                Duration.ofMinutes(2),
                3,
                Duration.ofMillis(200),
                Duration.ofMillis(2200));
    }
}
