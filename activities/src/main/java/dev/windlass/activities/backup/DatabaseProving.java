package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.backup.DatabaseProof;
import dev.windlass.workflows.backup.DatabaseSummary;
import dev.windlass.workflows.backup.Difference;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.backup.ProveOrder;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Restores the sealed files of one database into a throw-away cluster and compares. */
final class DatabaseProving {
    private final BackupParts parts;

    DatabaseProving(BackupParts parts) {
        this.parts = parts;
    }

    DatabaseProof prove(ProveOrder order, StepContext context) {
        Database database = parts.operations().database(order.database());
        SealedSet sealed = new SealedSet(order.manifest(), order.database());
        Step step = order.step().fill(sealed.keys());
        long bytes = summary(order.manifest(), order.database()).bytes();
        try (ScratchCluster cluster =
                ScratchCluster.prepare(parts.shell(), parts.connections(), context, step, bytes)) {
            long begun = System.nanoTime();
            SealedSet.fetch(cluster.step(), parts.stores(), context);
            DatabaseFacts expected = facts(parts, cluster.step());
            cluster.restore(expected, database);
            long restored = System.nanoTime();
            DatabaseFacts found = cluster.facts(
                    expected, database, parts.operations().backup().jobs());
            List<Difference> differences = new ArrayList<>(Comparison.compare(expected, found));
            differences.addAll(cluster.smoke(database));
            differences.addAll(cluster.check());
            return proof(order.database(), found, differences, Duration.ofNanos(restored - begun), restored);
        }
    }

    static DatabaseProof proof(
            DatabaseName database,
            DatabaseFacts found,
            List<Difference> differences,
            Duration restore,
            long comparedSince) {
        return new DatabaseProof(
                database,
                found.tables().size(),
                found.rows(),
                differences.size(),
                differences.stream().limit(DatabaseProof.MOST_DIFFERENCES).toList(),
                restore,
                Duration.ofNanos(System.nanoTime() - comparedSince));
    }

    /** The facts lie beside the dump and open with the same identity. */
    static DatabaseFacts facts(BackupParts parts, Step step) {
        Channel.OpenedFile dump = (Channel.OpenedFile) step.command("dd").input();
        Channel.OpenedFile facts = new Channel.OpenedFile(
                dump.path().replaceFirst("\\.dump\\.zst\\.age$", ".facts.json.zst.age"), dump.identity());
        try (InputStream in = parts.sealedFiles().open(facts)) {
            return DatabaseFacts.read(in);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static DatabaseSummary summary(Manifest manifest, DatabaseName database) {
        return manifest.databases().stream()
                .filter(summary -> summary.database().equals(database))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("set " + manifest.set() + " has no database " + database));
    }
}
