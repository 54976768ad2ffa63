package dev.windlass.workflows.stagingsync;

/**
 * A database of a Redis server that was emptied.
 *
 * @param place in words, such as {@code database 0 of Redis at 127.0.0.1:6380}
 * @param keys that were in it right before
 */
public record FlushedRedis(String place, long keys) {}
