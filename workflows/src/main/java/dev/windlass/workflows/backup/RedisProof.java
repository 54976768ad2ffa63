package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.RedisName;
import java.time.Duration;
import java.util.List;

/**
 * One snapshot loaded into a throw-away server.
 *
 * @param keys that the server had then
 * @param expired keys of the snapshot that had run out by then, which a server leaves out
 * @param differences empty when it is proven
 */
public record RedisProof(RedisName redis, long keys, long expired, List<Difference> differences, Duration took) {
    public RedisProof {
        differences = List.copyOf(differences);
    }

    public boolean isProven() {
        return differences.isEmpty();
    }
}
