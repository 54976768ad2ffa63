package dev.windlass.runbooks.recovery;

import dev.windlass.runbooks.backup.PageSample;
import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.protect.ProtectPageSample;
import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.StoreName;
import dev.windlass.workflows.recovery.CopySource;
import dev.windlass.workflows.recovery.DrillRequest;
import dev.windlass.workflows.recovery.RecoverDatabasePlanOrder;
import dev.windlass.workflows.recovery.RecoverDatabaseRequest;
import dev.windlass.workflows.recovery.RecoveryObservation;
import dev.windlass.workflows.recovery.RecoverySteps;
import dev.windlass.workflows.recovery.TableReference;
import dev.windlass.workflows.recovery.TableShape;
import dev.windlass.workflows.recovery.TableShape.FedBySequence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small shop that lost its orders, from which the plans on the page are made. */
final class RecoveryPageSample {
    private static final EnvironmentName PRODUCTION = new EnvironmentName("production");
    private static final TableShape ORDERS = new TableShape(
            new TableReference("public.orders"),
            false,
            List.of("id"),
            List.of(new FedBySequence("id", new TableReference("public.orders_id_seq"), FedBySequence.Direction.UP)));

    private static final CopySource SET = new CopySource.BackupSet(
            PageSample.manifest(), Instant.parse("2026-11-24T03:00:00Z"), new StoreName("local"), Optional.empty());

    private RecoveryPageSample() {}

    static Plan ofATable() {
        return plan(List.of(ORDERS), SET, Optional.empty());
    }

    static Plan ofTheWhole() {
        return plan(List.of(), SET, Optional.empty());
    }

    static Plan toAMoment() {
        CopySource.PointInTime source = ofAMoment();
        return plan(List.of(ORDERS), source, Optional.of(source.at()));
    }

    private static CopySource.PointInTime ofAMoment() {
        return new CopySource.PointInTime(
                ProtectPageSample.cluster().name(),
                Instant.parse("2026-11-24T09:59:00Z"),
                "20261122-010004F_20261124-010003D",
                2_147_483_648L,
                PageSample.TOOLS,
                new CopySource.Replay("postgres", 0, List.of()));
    }

    static Plan drill() {
        return new PlanOfDrill(protectedOperations(), PageSample.RUN_AS)
                .plan(new DrillRequest(PageSample.SHOP, "somebody"), ofAMoment())
                .plan();
    }

    /** All else is done as with a set. */
    static Plan copyOfAMoment() {
        Plan whole = toAMoment();
        return Plan.of(
                whole.runbook(),
                whole.request(),
                whole.resolved(),
                whole.shown(),
                List.of(whole.step(RecoverySteps.COPY)));
    }

    private static Plan plan(List<TableShape> tables, CopySource source, Optional<Instant> to) {
        RecoverDatabaseRequest request = new RecoverDatabaseRequest(
                PageSample.SHOP,
                Optional.empty(),
                tables.stream().map(TableShape::table).toList(),
                Optional.empty(),
                Optional.empty(),
                new Requester("somebody", Optional.empty()),
                to);
        RecoveryObservation seen = new RecoveryObservation(
                source,
                PRODUCTION,
                "15.18",
                PageSample.TOOLS,
                tables,
                Optional.of(new ApprovalPolicy(
                        PRODUCTION, List.of(new PersonName("ana"), new PersonName("ben")), 1, Duration.ofHours(24))),
                Optional.empty(),
                Sorted.of());
        return new PlanOfRecoverDatabase(protectedOperations(), PageSample.RUN_AS)
                .plan(new RecoverDatabasePlanOrder(request, seen, Optional.empty()));
    }

    private static Operations protectedOperations() {
        Operations all = PageSample.operations();
        Cluster cluster = ProtectPageSample.cluster();
        return new Operations(
                all.team(),
                all.state(),
                all.temporal(),
                all.databases(),
                all.stores(),
                all.backup(),
                all.notifications(),
                all.apps(),
                all.people(),
                all.approvals(),
                Map.of(cluster.name(), cluster),
                all.dns());
    }
}
