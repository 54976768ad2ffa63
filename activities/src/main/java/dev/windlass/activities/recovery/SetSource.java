package dev.windlass.activities.recovery;

import dev.windlass.activities.backup.ProvenSets;
import dev.windlass.activities.backup.SetChoice;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.workflows.backup.Catalogue;
import dev.windlass.workflows.backup.DatabaseSummary;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.kernel.StoreName;
import dev.windlass.workflows.recovery.CopySource;
import dev.windlass.workflows.recovery.RecoverDatabaseRequest;
import java.util.Optional;

/** The backup set that a copy is made from. */
final class SetSource {
    private final RecoveryParts parts;
    private final StepContext context;

    SetSource(RecoveryParts parts, StepContext context) {
        this.parts = parts;
        this.context = context;
    }

    CopySource.BackupSet of(RecoverDatabaseRequest request) {
        if (request.set().isEmpty()
                && request.identity().isEmpty()
                && request.source().isEmpty()) {
            ProvenSets.Found found = new ProvenSets(parts.backup(), context)
                    .newestOf(request.database())
                    .orElseThrow(() -> RecoveryFailures.noSet(request.database()));
            return new CopySource.BackupSet(
                    found.manifest(), found.summary().snapshotAt(), found.source(), Optional.empty());
        }
        SetChoice choice = new SetChoice(parts.backup());
        Catalogue catalogue = parts.backup().contents(context).catalogue();
        Catalogue.Entry entry = request.set()
                .map(set -> choice.named(set, catalogue))
                .or(catalogue::newestProven)
                .orElseThrow(() -> RecoveryFailures.noSet(request.database()));
        Optional<StoreName> nearest = entry.stores().stream().findFirst();
        StoreName store = choice.source(entry, request.source().or(() -> nearest));
        choice.requireIdentity(entry.set(), request.identity());
        Manifest manifest = choice.manifest(entry);
        return manifest.databases().stream()
                .filter(summary -> summary.database().equals(request.database()))
                .findFirst()
                .map(DatabaseSummary::snapshotAt)
                .map(at -> new CopySource.BackupSet(manifest, at, store, request.identity()))
                .orElseThrow(() -> RecoveryFailures.notInSet(request.database(), entry.set()));
    }
}
