package dev.windlass.runbooks.stagingsync;

import dev.windlass.runbooks.backup.PageSample;
import dev.windlass.runbooks.config.BackupPolicy;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.ReadingLimits;
import dev.windlass.runbooks.config.RedisServer;
import dev.windlass.runbooks.config.StagingRedis;
import dev.windlass.runbooks.config.StagingSync;
import dev.windlass.runbooks.config.Target;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.PlanDigest;
import dev.windlass.workflows.kernel.RedisName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.stagingsync.BackupSource;
import dev.windlass.workflows.stagingsync.SourceChoice;
import dev.windlass.workflows.stagingsync.StagingSyncRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small shop and its staging, from which the plan on the page is made. */
final class StagingSyncPageSample {
    private static final DatabaseName STAGING = new DatabaseName("shop-staging");

    private static final StagingRedis REDIS = new StagingRedis(
            new RedisServer(
                    new RedisName("staging"),
                    "127.0.0.1",
                    6380,
                    Optional.empty(),
                    Optional.of(new SecretReference("env:STAGING_REDIS_PASSWORD"))),
            0);

    private static final StagingSync.App APP = new StagingSync.App(
            "https://staging.example.com",
            new Target.Health(
                    "/api/health",
                    200,
                    Optional.empty(),
                    "/api/version",
                    3,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(60)));

    private static final Instant AS_OF = Instant.parse("2026-11-29T03:00:04Z");
    private static final Manifest MANIFEST = new Manifest(
            Manifest.FORMAT,
            new SetId("20261129T030000Z-1f3a09bc"),
            AS_OF,
            "backup",
            new PlanDigest("v1:" + "0".repeat(64)),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());

    private static final StagingOwn OWN = new StagingOwn(
            List.of(
                    "UPDATE public.settings SET value = 'https://staging.example.com' WHERE name = 'site_url'",
                    "UPDATE public.webhooks SET target = 'https://staging.example.com/nowhere', is_active = false"),
            List.of());

    private StagingSyncPageSample() {}

    static Plan plan() {
        Operations operations = PageSample.operations();
        Database source = operations.database(PageSample.SHOP);
        Database target = new Database(
                STAGING,
                "shop_staging",
                "staging",
                source.host(),
                source.port(),
                source.user(),
                source.password(),
                source.tools(),
                List.of(new Database.SmokeQuery("somebody can log in", "SELECT count(*) > 0 FROM users")));
        StagingSync sync = new StagingSync(
                "/etc/windlass/shop.classification.yml",
                STAGING,
                Duration.ofHours(24),
                2,
                Optional.empty(),
                Optional.of(REDIS),
                Optional.of(APP),
                SourceChoice.AUTO,
                Duration.ofHours(26),
                new ReadingLimits(Optional.of(20), Duration.ofHours(2)));
        StagingSyncObservation seen = new StagingSyncObservation(
                "shop_app",
                "sha256:" + "0".repeat(64),
                "sha256:" + "0".repeat(64),
                PageSample.TOOLS,
                48,
                new Classification(List.of(), Optional.empty(), Map.of(), Map.of(), Classification.SMALLEST_GROUP, OWN),
                new EnvironmentName("staging"),
                Optional.empty(),
                Optional.empty(),
                new SourceOfCopy.Backup(
                        new BackupSource(MANIFEST, AS_OF, SourceChoice.AUTO),
                        BackupPolicy.LOCAL,
                        Optional.of("postgres")));
        return new PlanOfStagingSync(operations, source, target, sync)
                .plan(new StagingSyncRequest(PageSample.SHOP, new Requester("somebody", Optional.empty())), seen)
                .plan();
    }
}
