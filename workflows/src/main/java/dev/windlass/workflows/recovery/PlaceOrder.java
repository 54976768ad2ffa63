package dev.windlass.workflows.recovery;

import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.kernel.Step;
import java.util.Optional;

/**
 * What is done on the target with a set.
 *
 * @param step exactly what is done; its subject says with which part of the set
 * @param cluster where databases come from its physical backup
 */
public record PlaceOrder(Step step, Manifest manifest, RecoveryBucket bucket, Optional<LostCluster> cluster) {
    public LostCluster lost() {
        return cluster.orElseThrow(() -> new IllegalArgumentException("step " + step.id() + " has no cluster"));
    }
}
