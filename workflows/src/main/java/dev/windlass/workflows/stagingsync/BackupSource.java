package dev.windlass.workflows.stagingsync;

import dev.windlass.workflows.backup.Manifest;
import java.time.Instant;

/**
 * A proven set that a copy is made of.
 *
 * @param snapshotAt the moment of the database that is in it
 * @param choice what was asked for: with {@link SourceChoice#AUTO}, production is taken when it cannot be restored
 */
public record BackupSource(Manifest manifest, Instant snapshotAt, SourceChoice choice) {
    public CopiedSet copied() {
        return new CopiedSet(manifest.set(), snapshotAt);
    }
}
