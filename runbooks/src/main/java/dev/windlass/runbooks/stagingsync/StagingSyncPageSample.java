package dev.windlass.runbooks.stagingsync;

import dev.windlass.runbooks.backup.PageSample;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.StagingSync;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.stagingsync.StagingSyncRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small shop and its staging, from which the plan on the page is made. */
final class StagingSyncPageSample {
    private static final DatabaseName STAGING = new DatabaseName("shop-staging");

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
                List.of());
        StagingSync sync = new StagingSync(
                "/etc/windlass/shop.classification.yml", STAGING, Duration.ofHours(24), 2, Optional.empty());
        StagingSyncObservation seen = new StagingSyncObservation(
                "shop_app",
                "sha256:" + "0".repeat(64),
                "sha256:" + "0".repeat(64),
                PageSample.TOOLS,
                48,
                new Classification(List.of(), Optional.empty(), Map.of(), Map.of(), Classification.SMALLEST_GROUP, OWN),
                new EnvironmentName("staging"),
                Optional.empty(),
                Optional.empty());
        return new PlanOfStagingSync(operations, source, target, sync)
                .plan(new StagingSyncRequest(PageSample.SHOP, new Requester("somebody", Optional.empty())), seen)
                .plan();
    }
}
