package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.RedisName;
import java.time.Instant;

/**
 * What a set holds of one Redis server.
 *
 * @param askedAt when it was asked for a snapshot; it makes one a little later, or hands on one that it is making
 * @param keys that it had when it was asked, those that had run out and not been removed yet included
 * @param memory bytes that its data took then
 */
public record RedisSummary(RedisName redis, String serverVersion, Instant askedAt, long keys, long memory) {}
