package dev.windlass.workflows.protect;

import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.kernel.Step;

/** @param step exactly what is done */
public record ProtectOrder(ClusterName cluster, Step step) {}
