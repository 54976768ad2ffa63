package dev.windlass.runbooks.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How far a copy goes at production's cost.
 *
 * @param mebibytesPerSecond of masked rows that are read at most, all streams together
 * @param moment how long one moment of production is held at most; the server cannot clear dead rows meanwhile
 */
public record ReadingLimits(Optional<Integer> mebibytesPerSecond, Duration moment) {
    /** As long as it takes: what is read is nobody's but ours. */
    public static final ReadingLimits NONE = new ReadingLimits(Optional.empty(), Duration.ofDays(365));
}
