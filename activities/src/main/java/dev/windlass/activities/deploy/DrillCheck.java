package dev.windlass.activities.deploy;

import dev.windlass.activities.deploy.TargetPlanning.Planned;
import dev.windlass.activities.protect.LastDrills;
import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.Cluster.Drill.Deploys;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.deploy.PlanWithDrills;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.kernel.Quantities;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Whether the databases of an environment were recovered lately, before something new goes there. */
record DrillCheck(Operations operations, LastDrills drills, Clock clock) {
    /** @throws io.temporal.failure.ApplicationFailure PRECONDITION: they were not, and a cluster refuses deploys then */
    Planned checked(DeployRequest request, Planned planned) {
        SortedMap<String, String> overdue = new TreeMap<>();
        Instant now = clock.instant();
        for (Cluster cluster : operations.clusters().values()) {
            if (cluster.environment().equals(Optional.of(request.environment()))
                    && cluster.drill().deploys() != Deploys.IGNORE) {
                drills.overdue(cluster, now).ifPresent(since -> {
                    if (refuses(cluster, request, planned)) {
                        throw DeployFailures.drillOld(cluster, since);
                    }
                    overdue.put(cluster.database().value(), Quantities.time(since));
                });
            }
        }
        return planned.with(PlanWithDrills.of(planned.plan(), overdue));
    }

    /** What has served is gone back to in need, and nothing keeps anybody from that. */
    private static boolean refuses(Cluster cluster, DeployRequest request, Planned planned) {
        return cluster.drill().deploys() == Deploys.REFUSE
                && planned.kept().isEmpty()
                && !request.accepted().contains(DeployRequest.DRILL);
    }
}
