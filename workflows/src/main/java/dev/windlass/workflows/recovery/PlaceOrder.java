package dev.windlass.workflows.recovery;

import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.kernel.Step;

/**
 * What is done on the target with a set.
 *
 * @param step exactly what is done; its subject says with which part of the set
 */
public record PlaceOrder(Step step, Manifest manifest, RecoveryBucket bucket) {}
