package dev.windlass.workflows.recovery;

import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.PlanDigest;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StoreName;
import dev.windlass.workflows.migrate.People;
import dev.windlass.workflows.recovery.TableComparison.Kind;
import dev.windlass.workflows.recovery.TableComparison.Rows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A database that lost two rows; it writes down what it is told, and fails where a test says so. */
final class FakeRecovery implements RecoveryActivities {
    static final SetId SET = new SetId("20261124T030000Z-1f3a09bc");
    static final TableReference ORDERS = new TableReference("app.orders");

    private final List<String> done = new ArrayList<>();
    volatile String failing = "";
    volatile long missing = 2;
    /** How often the live database has changed before it is to give its name away. */
    volatile int changes;

    synchronized List<String> done() {
        return List.copyOf(done);
    }

    private synchronized void perform(String what) {
        done.add(what);
        if (what.equals(failing)) {
            throw new Failure(FailureType.PRECONDITION, what + " is broken", "repair it", "recover-database.md#cannot")
                    .asException();
        }
    }

    @Override
    public MadeCopy makeCopy(RecoveryOrder order) {
        perform("copy");
        return new MadeCopy("shop_recovered", 7);
    }

    @Override
    public TwoCompared compare(RecoveryOrder order) {
        perform("compare");
        List<TableComparison> different = missing == 0
                ? List.of()
                : List.of(new TableComparison(ORDERS, Kind.BY_KEY, 0, missing, Optional.of(new Rows(missing, 0, 0))));
        return new TwoCompared(
                different,
                3,
                "live" + done().size(),
                "0, equal",
                Sorted.of("app.orders", List.of("id")),
                "/var/lib/windlass/recovery/shop.jsonl",
                "ab".repeat(32));
    }

    @Override
    public RowsReport bringBack(RecoveryOrder order) {
        perform("bring back");
        return new RowsReport(List.of(new BroughtBack(ORDERS, missing, 0)));
    }

    @Override
    public SwapReport swap(RecoveryOrder order) {
        perform("swap");
        return changes-- > 0 ? new SwapReport.Changed() : new SwapReport.Swapped("shop_broken", "open it", "drop it");
    }

    @Override
    public String giveUpSwap(RecoveryOrder order) {
        perform("give up");
        return "the live database was not touched";
    }

    @Override
    public List<String> verify(RecoveryOrder order) {
        perform("verify");
        return List.of();
    }

    @Override
    public void dropCopy(RecoveryOrder order) {
        perform("drop by " + order.step().id());
    }

    /** Its plan has the steps and, after a comparison, what was compared. */
    record Planning(Optional<ApprovalPolicy> policy) implements RecoveryPlanningActivities {
        @Override
        public RecoveryObservation observe(RecoverDatabaseRequest request) {
            return new RecoveryObservation(
                    request.to()
                            .<CopySource>map(moment -> new CopySource.PointInTime(
                                    new ClusterName("main"),
                                    moment,
                                    "20261122-010004F",
                                    1,
                                    "/tools",
                                    new CopySource.Replay("postgres", 0, List.of())))
                            .orElseGet(() -> new CopySource.BackupSet(
                                    manifest(), Instant.EPOCH, new StoreName("local"), Optional.empty())),
                    People.PROD,
                    "15.18",
                    "/tools",
                    request.tables().stream()
                            .map(table -> new TableShape(table, false, List.of("id"), List.of()))
                            .toList(),
                    policy,
                    policy.map(asked -> People.ANA),
                    Sorted.of());
        }

        @Override
        public RecoverDatabasePlan plan(RecoverDatabasePlanOrder order) {
            List<Step> steps = List.of(
                    Step.of(RecoverySteps.COPY, "Make a copy", List.of()),
                    Step.of(RecoverySteps.COMPARE, "Compare", List.of()),
                    Step.of(RecoverySteps.BRING_BACK, "Bring back", List.of()),
                    Step.of(RecoverySteps.SWAP, "Swap", List.of()),
                    Step.of(RecoverySteps.VERIFY, "Verify", List.of()),
                    Step.of(RecoverySteps.DROP, "Drop the copy", List.of()));
            return new RecoverDatabasePlan(
                    Plan.of(
                            "recover-database",
                            order.request().asked(),
                            order.compared()
                                    .map(compared -> Sorted.of("live", compared.live()))
                                    .orElse(Sorted.of()),
                            Sorted.of(),
                            steps),
                    order.observation());
        }

        private static Manifest manifest() {
            return new Manifest(
                    Manifest.FORMAT,
                    SET,
                    Instant.EPOCH,
                    "run",
                    new PlanDigest("v1:" + "a".repeat(64)),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of());
        }
    }
}
