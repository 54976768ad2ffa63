package dev.windlass.workflows.protect;

import dev.windlass.workflows.kernel.ClusterName;

/** @param requestedBy a person's name, or {@code schedule} */
public record StructureCheckRequest(ClusterName cluster, String requestedBy) {}
