package dev.windlass.runbooks.migrate;

import dev.windlass.runbooks.backup.PageSample;
import dev.windlass.runbooks.config.App;
import dev.windlass.runbooks.config.Migrations;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.deploy.DeployPageSample;
import dev.windlass.runbooks.deploy.ProcessLayout;
import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.deploy.RunningApp;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.migrate.MigrateObservation;
import dev.windlass.workflows.migrate.MigratePlanOrder;
import dev.windlass.workflows.migrate.MigrateRequest;
import dev.windlass.workflows.migrate.Migration;
import dev.windlass.workflows.migrate.MigrationState;
import dev.windlass.workflows.migrate.Rehearsal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** A small shop with one pending migration, from which the plan on the page is made. */
final class MigratePageSample {
    private static final EnvironmentName PROD = new EnvironmentName("prod");
    private static final String BEFORE = "sha256:" + "0b".repeat(32);
    private static final String AFTER = "sha256:" + "af".repeat(32);

    private MigratePageSample() {}

    static Plan plan(Migrations.Undo undo) {
        Migrations migrations = new Migrations(
                Migrations.Tool.SQL,
                PageSample.SHOP,
                "/srv/shop-prod/migrations",
                List.of(),
                Optional.of("shop_owner"),
                Optional.empty(),
                Duration.ofSeconds(5),
                Duration.ofMinutes(15),
                Duration.ofHours(24),
                undo,
                Optional.of(new EnvironmentName("staging")));
        MigrationState state = new MigrationState(
                List.of(new Migration(
                        "0007_add_colour",
                        "sha256:" + "c0".repeat(32),
                        Migration.Wrapping.ONE_TRANSACTION,
                        "sha256:" + "d0".repeat(32),
                        Migration.Phase.EXPAND)),
                List.of(),
                Optional.empty(),
                BEFORE);
        MigrateObservation seen = new MigrateObservation(
                PageSample.SHOP,
                migrations.backupAge(),
                state,
                List.of(),
                Optional.empty(),
                Optional.of(new MigrateObservation.ProvenSet(
                        PageSample.SET, Instant.parse("2026-11-24T03:00:00Z"), PageSample.manifest())),
                Optional.of(new ApprovalPolicy(
                        PROD, List.of(new PersonName("ana"), new PersonName("ben")), 1, Duration.ofHours(24))),
                Optional.empty(),
                Sorted.of(),
                Optional.of(new RunningApp("http://127.0.0.1:4101", Optional.of("9b1c0de"))),
                Optional.of(new MigrateObservation.Followed(new EnvironmentName("staging"), AFTER)),
                List.of(),
                undo.wayBack());
        Rehearsal rehearsal = new Rehearsal(
                PageSample.SET,
                Optional.empty(),
                BEFORE,
                AFTER,
                Duration.ofSeconds(2),
                Optional.of(Duration.ofSeconds(1)),
                List.of());
        MigrateRequest request = new MigrateRequest(
                new AppName("shop"), PROD, new TreeSet<>(), new Requester("somebody", Optional.empty()));
        return new PlanOfMigrate(operations(), migrations, PageSample.TOOLS, PageSample.RUN_AS)
                .plan(new MigratePlanOrder(request, seen, rehearsal));
    }

    /** With an app that serves. */
    private static Operations operations() {
        Operations sample = PageSample.operations();
        ProcessLayout layout = DeployPageSample.layout();
        App shop = new App(layout.app(), Map.of(PROD, layout.target()), Map.of(), Map.of());
        return new Operations(
                sample.team(),
                sample.state(),
                sample.temporal(),
                sample.databases(),
                sample.stores(),
                sample.backup(),
                sample.notifications(),
                Map.of(shop.name(), shop),
                sample.people(),
                sample.approvals());
    }
}
