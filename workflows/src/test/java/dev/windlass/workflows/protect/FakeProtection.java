package dev.windlass.workflows.protect;

import dev.windlass.workflows.audit.AuditActivities;
import dev.windlass.workflows.audit.AuditEvent;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.notify.ChannelName;
import dev.windlass.workflows.notify.NoticeOrder;
import dev.windlass.workflows.notify.NotifyActivities;
import dev.windlass.workflows.notify.PostReceipt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A cluster that does what it is told, but for one step that fails; and a channel that remembers. */
final class FakeProtection implements ProtectActivities, NotifyActivities, AuditActivities {
    static final ClusterName MAIN = new ClusterName("main");
    static final PhysicalBackup FULL =
            new PhysicalBackup("20261129-010000F", "full", Instant.parse("2026-11-29T01:05:00Z"), 1_000, false);

    final List<String> done = new ArrayList<>();
    final List<String> told = new ArrayList<>();
    Optional<StepId> failing = Optional.empty();

    @Override
    public synchronized void carryOut(ProtectOrder order) {
        done.add(order.step().id().value());
        if (failing.filter(order.step().id()::equals).isPresent()) {
            throw new Failure(FailureType.STORAGE_REFUSED, "the bucket refuses us", "look at it", "protect.md#x")
                    .asException();
        }
    }

    @Override
    public synchronized void undo(ProtectOrder order) {
        done.add("undo " + order.step().id());
    }

    @Override
    public synchronized PhysicalBackup inspect(ProtectOrder order) {
        done.add(order.step().id().value());
        return FULL;
    }

    @Override
    public synchronized void checkStructure(ProtectOrder order) {
        done.add(order.step().id().value());
        if (failing.filter(order.step().id()::equals).isPresent()) {
            throw new Failure(FailureType.ARTEFACT_DAMAGED, "an index is damaged", "look at it", "protect.md#amcheck")
                    .asException();
        }
    }

    @Override
    public List<ChannelName> channels() {
        return List.of(ChannelName.SLACK);
    }

    @Override
    public synchronized PostReceipt post(NoticeOrder order) {
        told.add(order.notice().severity() + " " + order.notice().headline());
        return new PostReceipt(order.channel(), "1", PostReceipt.Delivery.POSTED);
    }

    @Override
    public void record(AuditEvent event) {}

    /** Plans what it was given, and sees one list of findings after the other; the last again and again. */
    static final class Planning implements ProtectPlanningActivities {
        private final ProtectPlan plan;
        private final Deque<List<ProtectionFinding>> looks = new ArrayDeque<>();
        final Deque<List<String>> leftOut = new ArrayDeque<>();

        Planning(ProtectPlan plan, List<List<ProtectionFinding>> looks) {
            this.plan = plan;
            this.looks.addAll(looks);
        }

        @Override
        public ProtectPlan planProtect(ProtectRequest request) {
            return plan;
        }

        @Override
        public Plan planBackup(PhysicalBackupRequest request) {
            return plan.plan();
        }

        @Override
        public synchronized StructureCheckPlan planStructureCheck(StructureCheckRequest request) {
            return new StructureCheckPlan(
                    FakeProtection.plan(Optional.empty(), ProtectSteps.STRUCTURE)
                            .plan(),
                    List.of("shop"),
                    leftOut.pop());
        }

        @Override
        public synchronized ProtectionStatus look(WatchRequest request) {
            List<ProtectionFinding> findings = looks.size() > 1 ? looks.pop() : looks.getFirst();
            return new ProtectionStatus(
                    MAIN,
                    Instant.EPOCH,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    Duration.ZERO,
                    0,
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    findings);
        }

        synchronized int left() {
            return looks.size();
        }
    }

    /** Steps with undos where the real ones have some. */
    static ProtectPlan plan(Optional<String> restartWith, StepId... steps) {
        Plan plan = Plan.of(
                "protect",
                Sorted.of(),
                Sorted.of(),
                Sorted.of(),
                List.of(steps).stream().map(FakeProtection::step).toList());
        return new ProtectPlan(plan, restartWith, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Step step(StepId id) {
        Step step = Step.of(id, "Do " + id, List.of());
        return id.equals(ProtectSteps.CONFIGURE) || id.equals(ProtectSteps.SETTINGS)
                ? step.withUndo(List.of(new Effect.Sql(Access.CHANGES, "shop", "SELECT 'undo of " + id + "'")))
                : step;
    }
}
