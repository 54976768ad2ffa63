package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.RedisName;
import dev.windlass.workflows.kernel.Step;

public record RedisOrder(Step step, SetId set, RedisName redis) {}
