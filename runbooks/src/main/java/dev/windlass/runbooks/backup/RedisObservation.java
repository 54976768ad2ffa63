package dev.windlass.runbooks.backup;

import dev.windlass.workflows.kernel.RedisName;

/**
 * What planning saw of a Redis server.
 *
 * @param keys in all its databases
 * @param memory bytes that its data takes
 */
public record RedisObservation(RedisName redis, String serverVersion, long keys, long memory) {}
