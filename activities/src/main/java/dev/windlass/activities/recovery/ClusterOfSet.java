package dev.windlass.activities.recovery;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.storage.ObjectStore;
import dev.windlass.activities.storage.ObjectStores;
import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.Store.S3Store;
import dev.windlass.runbooks.recovery.ClusterOfDatabases;
import dev.windlass.runbooks.recovery.PlanOfRecoverVps;
import dev.windlass.runbooks.recovery.RecoveryOperations;
import dev.windlass.workflows.backup.DatabaseSummary;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.recovery.LostCluster;
import dev.windlass.workflows.recovery.LostCluster.LostDatabase;
import dev.windlass.workflows.recovery.RecoverVpsRequest;
import dev.windlass.workflows.recovery.RecoveryBucket;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The cluster that all databases of a set were in, where pgBackRest protected it and the bucket has it. What the lost
 * machine's ops.yml said of it comes out of the set; nothing else of that file is used.
 */
final class ClusterOfSet {
    private static final String REPOSITORY = "pgbackrest/";

    private final ObjectStores stores;
    private final StepContext context;

    ClusterOfSet(ObjectStores stores, StepContext context) {
        this.stores = stores;
        this.context = context;
    }

    /** @param why there is none, or nothing where there is one */
    record Found(Optional<LostCluster> cluster, String why, boolean isWorthSaying) {
        static Found none(String why) {
            return new Found(Optional.empty(), why, true);
        }

        /** Where nobody ever asked for it, nobody wonders. */
        List<String> notes() {
            return cluster.isPresent() || !isWorthSaying
                    ? List.of()
                    : List.of("the databases come from the set: " + why);
        }
    }

    /** @param operations of the lost machine, where they can be read */
    Found find(RecoverVpsRequest request, Manifest manifest, Optional<Operations> operations) {
        if (operations.isEmpty()) {
            return Found.none("its ops.yml cannot be read, which tells how the cluster was protected");
        }
        List<Cluster> clusters = List.copyOf(operations.get().clusters().values());
        if (clusters.isEmpty()) {
            return new Found(Optional.empty(), "no cluster of the lost machine was protected by pgBackRest", false);
        }
        for (Cluster cluster : clusters) {
            Optional<List<LostDatabase>> databases = ClusterOfDatabases.databases(operations.get(), cluster, manifest);
            if (databases.isPresent()) {
                return isIn(request.bucket(), operations.get(), cluster)
                        ? inBucket(cluster, databases.get(), request, manifest)
                        : Found.none("cluster " + cluster.name() + " was protected in another bucket than this");
            }
        }
        return Found.none("not all of them were in one cluster that pgBackRest protected");
    }

    private Found inBucket(
            Cluster cluster, List<LostDatabase> databases, RecoverVpsRequest request, Manifest manifest) {
        ObjectStore bucket = stores.store(RecoveryOperations.BUCKET);
        int major = PlanOfRecoverVps.major(manifest).orElseThrow();
        String stanza = cluster.stanza();
        if (bucket.head(REPOSITORY + "backup/" + stanza + "/backup.info", context)
                .isEmpty()) {
            return Found.none("the bucket has no physical backup of stanza " + stanza);
        }
        Optional<Instant> archived = bucket.youngest(REPOSITORY + "archive/" + stanza + "/" + major + "-", context);
        if (archived.isEmpty()) {
            return Found.none("the bucket has no WAL of PostgreSQL " + major + " of stanza " + stanza);
        }
        Instant snapshot = manifest.databases().stream()
                .map(DatabaseSummary::snapshotAt)
                .max(Instant::compareTo)
                .orElseThrow();
        if (archived.get().isBefore(snapshot) && request.to().isEmpty()) {
            return Found.none(
                    "the newest WAL of stanza " + stanza + " is of " + archived.get() + ", and the set is younger");
        }
        return new Found(
                Optional.of(new LostCluster(
                        cluster.name(),
                        stanza,
                        major,
                        cluster.passphraseFile(),
                        databases,
                        archived.get(),
                        request.to())),
                "",
                true);
    }

    /** The endpoint may be called otherwise from elsewhere. */
    private static boolean isIn(RecoveryBucket bucket, Operations operations, Cluster cluster) {
        return operations.stores().get(cluster.store()) instanceof S3Store store
                && store.bucket().equals(bucket.bucket())
                && store.prefix().equals(bucket.prefix());
    }
}
