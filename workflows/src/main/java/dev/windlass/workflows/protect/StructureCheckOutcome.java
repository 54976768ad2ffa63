package dev.windlass.workflows.protect;

import dev.windlass.workflows.kernel.ClusterName;
import java.time.Duration;
import java.util.List;

/**
 * Nothing was found; damage fails the run.
 *
 * @param databases those that were looked at
 * @param leftOut those that lack the extension amcheck
 */
public record StructureCheckOutcome(
        ClusterName cluster, List<String> databases, List<String> leftOut, Duration took, List<String> undelivered) {
    public StructureCheckOutcome {
        databases = List.copyOf(databases);
        leftOut = List.copyOf(leftOut);
        undelivered = List.copyOf(undelivered);
    }
}
