package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.StoreName;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The verdict on a set, written beside its manifest as {@code proof.json} (the first, by the run that made the set) or as
 * {@code checks/<run>.json} (every later one). The newest verdict counts.
 *
 * @param source the store whose copy was restored
 */
public record Proof(
        String format,
        SetId set,
        Verdict verdict,
        StoreName source,
        Instant provenAt,
        String run,
        List<DatabaseProof> databases,
        List<ArchiveProof> archives,
        List<RedisProof> redis) {
    public static final String FORMAT = "windlass-proof/1";

    public enum Verdict {
        PROVEN,
        FAILED
    }

    public Proof {
        databases = List.copyOf(databases);
        // Older verdicts lack these two fields.
        archives = List.copyOf(Objects.requireNonNullElse(archives, List.of()));
        redis = List.copyOf(Objects.requireNonNullElse(redis, List.of()));
    }
}
