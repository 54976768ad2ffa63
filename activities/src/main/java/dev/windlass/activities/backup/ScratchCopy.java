package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Step;

/** A database as it was in a set, in a throw-away cluster that goes with {@link #close}. */
public final class ScratchCopy implements AutoCloseable {
    private final ScratchCluster cluster;
    private final Database copy;

    private ScratchCopy(ScratchCluster cluster, Database copy) {
        this.cluster = cluster;
        this.copy = copy;
    }

    /**
     * Safe to run twice: what an earlier attempt of the step left behind is ended and removed first.
     *
     * @param step of the proof or of a rehearsal, with its slots open
     */
    public static ScratchCopy restore(
            BackupParts parts, StepContext context, Step step, Manifest manifest, DatabaseName name) {
        Database original = parts.operations().database(name);
        Step known = step.fill(
                new SealedSet(manifest, name).keys().with("set", manifest.set().value()));
        long bytes = DatabaseProving.summary(manifest, name).bytes();
        ScratchCluster cluster = ScratchCluster.prepare(parts.shell(), parts.connections(), context, known, bytes);
        try {
            SealedSet.fetch(cluster.step(), parts.stores(), context);
            cluster.restore(DatabaseProving.facts(parts, cluster.step()), original);
            return new ScratchCopy(cluster, cluster.database(original, original.database()));
        } catch (RuntimeException | Error failed) {
            cluster.close();
            throw failed;
        }
    }

    /** How to connect to it, as a superuser. */
    public Database database() {
        return copy;
    }

    /** With every slot filled. */
    public Step step() {
        return cluster.step();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
