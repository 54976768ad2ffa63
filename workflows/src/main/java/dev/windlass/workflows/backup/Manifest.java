package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.PlanDigest;
import dev.windlass.workflows.kernel.RedisName;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The commit mark of a set, written last and only if absent: what has no {@code manifest.json} is not a backup.
 *
 * @param format {@code windlass-backup/1}
 * @param recipients the age recipients that can open the set; the last one is the set's own
 */
public record Manifest(
        String format,
        SetId set,
        Instant committedAt,
        String run,
        PlanDigest plan,
        List<DatabaseSummary> databases,
        List<ArchiveSummary> archives,
        List<RedisSummary> redis,
        List<Artefact> artefacts,
        List<String> recipients) {
    public static final String FORMAT = "windlass-backup/1";

    public Manifest {
        databases = List.copyOf(databases);
        // Older sets lack these two fields.
        archives = List.copyOf(Objects.requireNonNullElse(archives, List.of()));
        redis = List.copyOf(Objects.requireNonNullElse(redis, List.of()));
        artefacts = List.copyOf(artefacts);
        recipients = List.copyOf(recipients);
    }

    /** @param subject a database, an archive or a Redis server */
    public Artefact artefact(Artefact.Kind kind, Object subject) {
        return artefacts.stream()
                .filter(a -> a.kind() == kind && a.subject().equals(subject.toString()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("set " + set + " has no " + kind + " of " + subject));
    }

    public RedisSummary redis(RedisName name) {
        return redis.stream()
                .filter(summary -> summary.redis().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("set " + set + " has no Redis server " + name));
    }

    public ArchiveSummary archive(ArchiveName name) {
        return archives.stream()
                .filter(summary -> summary.archive().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("set " + set + " has no archive " + name));
    }
}
