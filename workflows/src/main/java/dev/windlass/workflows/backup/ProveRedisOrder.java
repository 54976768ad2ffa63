package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.RedisName;
import dev.windlass.workflows.kernel.Step;

/** @param step with the key of the snapshot open */
public record ProveRedisOrder(Step step, Manifest manifest, RedisName redis) {}
