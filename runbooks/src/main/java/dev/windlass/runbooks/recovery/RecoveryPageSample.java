package dev.windlass.runbooks.recovery;

import dev.windlass.runbooks.backup.PageSample;
import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.StoreName;
import dev.windlass.workflows.recovery.CopySource;
import dev.windlass.workflows.recovery.RecoverDatabasePlanOrder;
import dev.windlass.workflows.recovery.RecoverDatabaseRequest;
import dev.windlass.workflows.recovery.RecoveryObservation;
import dev.windlass.workflows.recovery.TableReference;
import dev.windlass.workflows.recovery.TableShape;
import dev.windlass.workflows.recovery.TableShape.FedBySequence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A small shop that lost its orders, from which the plans on the page are made. */
final class RecoveryPageSample {
    private static final EnvironmentName PRODUCTION = new EnvironmentName("production");
    private static final TableShape ORDERS = new TableShape(
            new TableReference("public.orders"),
            false,
            List.of("id"),
            List.of(new FedBySequence("id", new TableReference("public.orders_id_seq"), FedBySequence.Direction.UP)));

    private RecoveryPageSample() {}

    static Plan ofATable() {
        return plan(List.of(ORDERS));
    }

    static Plan ofTheWhole() {
        return plan(List.of());
    }

    private static Plan plan(List<TableShape> tables) {
        RecoverDatabaseRequest request = new RecoverDatabaseRequest(
                PageSample.SHOP,
                Optional.empty(),
                tables.stream().map(TableShape::table).toList(),
                Optional.empty(),
                Optional.empty(),
                new Requester("somebody", Optional.empty()));
        RecoveryObservation seen = new RecoveryObservation(
                new CopySource.BackupSet(
                        PageSample.manifest(),
                        Instant.parse("2026-11-24T03:00:00Z"),
                        new StoreName("local"),
                        Optional.empty()),
                PRODUCTION,
                "15.18",
                PageSample.TOOLS,
                tables,
                Optional.of(new ApprovalPolicy(
                        PRODUCTION, List.of(new PersonName("ana"), new PersonName("ben")), 1, Duration.ofHours(24))),
                Optional.empty(),
                Sorted.of());
        return new PlanOfRecoverDatabase(PageSample.operations(), PageSample.RUN_AS)
                .plan(new RecoverDatabasePlanOrder(request, seen, Optional.empty()));
    }
}
