package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.workflows.backup.Catalogue;
import dev.windlass.workflows.backup.Catalogue.Status;
import dev.windlass.workflows.backup.DatabaseSummary;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.StoreName;
import java.util.Optional;

/** The sets that a run can restore without a person and their key. */
public final class ProvenSets {
    private final BackupParts parts;
    private final StepContext context;

    public ProvenSets(BackupParts parts, StepContext context) {
        this.parts = parts;
        this.context = context;
    }

    /** @param source the store it is read from: the nearest that has it whole */
    public record Found(Manifest manifest, DatabaseSummary summary, StoreName source) {}

    /** The newest one that holds the database, if this machine has its identity. */
    public Optional<Found> newestOf(DatabaseName database) {
        return parts.contents(context).catalogue().sets().stream()
                .filter(entry ->
                        entry.status() == Status.PROVEN && !entry.stores().isEmpty())
                .filter(entry -> parts.identities().has(entry.set()))
                .flatMap(entry -> found(entry, database).stream())
                .findFirst();
    }

    private static Optional<Found> found(Catalogue.Entry entry, DatabaseName database) {
        return entry.manifest()
                .flatMap(manifest -> manifest.databases().stream()
                        .filter(summary -> summary.database().equals(database))
                        .findFirst()
                        .map(summary ->
                                new Found(manifest, summary, entry.stores().getFirst())));
    }
}
