package dev.windlass.workflows.protect;

import dev.windlass.workflows.kernel.ClusterName;

public record WatchRequest(ClusterName cluster) {}
