package dev.windlass.runbooks.protect;

import dev.windlass.runbooks.backup.PageSample;
import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.CronSchedule;
import dev.windlass.runbooks.protect.ClusterObservation.File;
import dev.windlass.runbooks.protect.ClusterObservation.Repository;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.StoreName;
import dev.windlass.workflows.protect.ProtectRequest;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** A cluster that has never archived, with a restart that was accepted: everything is to be done. */
public final class ProtectPageSample {
    private static final ClusterName MAIN = new ClusterName("main");

    private ProtectPageSample() {}

    static Plan plan() {
        ClusterObservation seen = new ClusterObservation(
                "15.18", "2.45", PageSample.TOOLS, File.ABSENT, Repository.UNKNOWN, Sorted.of(), Sorted.of(), "off");
        ProtectRequest request = new ProtectRequest(
                MAIN, new TreeSet<>(List.of(ProtectRequest.RESTART)), new Requester("somebody", Optional.empty()));
        return new PlanOfProtect(PageSample.operations(), cluster(), PageSample.RUN_AS)
                .plan(request, seen, Optional.empty())
                .plan();
    }

    public static Cluster cluster() {
        return new Cluster(
                MAIN,
                Optional.empty(),
                PageSample.SHOP,
                Optional.of("windlass_admin"),
                Optional.of(new SecretReference("env:CLUSTER_ADMIN_PASSWORD")),
                "/var/lib/postgresql/15/main",
                "postgres",
                "/var/run/postgresql",
                "main",
                new StoreName("offsite"),
                new SecretReference("file:/etc/windlass/pgbackrest.passphrase"),
                "/etc/pgbackrest/main.conf",
                Duration.ofSeconds(60),
                new CronSchedule("0 1 * * 0", ZoneOffset.UTC, Duration.ofHours(6)),
                new CronSchedule("0 1 * * 1-6", ZoneOffset.UTC, Duration.ofHours(6)),
                new CronSchedule("*/5 * * * *", ZoneOffset.UTC, Duration.ofMinutes(1)),
                2,
                new Cluster.Limits(Duration.ofMinutes(5), Duration.ofDays(8), Duration.ofDays(2), Duration.ofDays(35)),
                List.of("systemctl", "restart", "postgresql@15-main"),
                new Cluster.Amcheck(
                        Cluster.Amcheck.Depth.STRUCTURE,
                        new CronSchedule("0 4 * * 6", ZoneOffset.UTC, Duration.ofHours(6))),
                new Cluster.Drill(
                        new CronSchedule("0 5 1 * *", ZoneOffset.UTC, Duration.ofHours(6)),
                        Cluster.Drill.Deploys.WARN));
    }
}
