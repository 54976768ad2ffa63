package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.PlanDigest;
import java.time.Instant;
import java.util.List;

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
        List<Artefact> artefacts,
        List<String> recipients) {
    public static final String FORMAT = "windlass-backup/1";

    public Manifest {
        databases = List.copyOf(databases);
        artefacts = List.copyOf(artefacts);
        recipients = List.copyOf(recipients);
    }

    public Artefact artefact(Artefact.Kind kind, DatabaseName database) {
        return artefacts.stream()
                .filter(a -> a.kind() == kind && a.database().equals(database))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("set " + set + " has no " + kind + " of " + database));
    }

    public List<Artefact> artefactsOf(DatabaseName database) {
        return artefacts.stream().filter(a -> a.database().equals(database)).toList();
    }
}
