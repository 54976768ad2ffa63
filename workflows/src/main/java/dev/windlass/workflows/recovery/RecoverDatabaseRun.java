package dev.windlass.workflows.recovery;

import dev.windlass.workflows.approvals.Closing;
import dev.windlass.workflows.approvals.PlanApproval;
import dev.windlass.workflows.approvals.Questions;
import dev.windlass.workflows.kernel.Locks;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.kernel.RunAttributes;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.Timeline;
import dev.windlass.workflows.notify.Announcer;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps of one recovery. What the copy is of is compared, said to people, and only then used. */
final class RecoverDatabaseRun {
    /** What every backup run holds: a newer proven set takes the identity of ours away, and it may be of the damaged one. */
    private static final String BACKUPS = "backup";
    /** A backup that is at work ends within hours. */
    private static final Duration PATIENCE = Duration.ofHours(12);
    /** As often as the live database may change between the comparison and the change of names. */
    private static final int TRIES = 3;

    private final RecoverDatabaseRequest request;
    private final RecoveryNotices notices;
    private Optional<RecoveryObservation> seen = Optional.empty();
    private Optional<MadeCopy> copy = Optional.empty();
    private String standing = "the live database was not touched";

    RecoverDatabaseRun(RecoverDatabaseRequest request) {
        this.request = request;
        this.notices = new RecoveryNotices(request);
    }

    /** What is true of the live database when the run breaks off here. */
    String standing() {
        return standing;
    }

    void observe() {
        RecoveryObservation found =
                RecoveryStubs.planning("look at the database and the backups").observe(request);
        Workflow.upsertTypedSearchAttributes(
                RunAttributes.ENVIRONMENT.valueSet(found.environment().value()));
        seen = Optional.of(found);
    }

    /** Whoever had the lock before may have changed what was seen. */
    RecoverDatabaseOutcome carryOut() {
        observe();
        RecoverDatabasePlan plan = plan(Optional.empty());
        Timeline timeline = new Timeline(plan.plan());
        try {
            copy = Optional.of(makeCopy(plan, timeline));
            return compareAndAsk(plan, timeline);
        } catch (TemporalFailure failed) {
            Workflow.newDetachedCancellationScope(() -> dropCopy(plan)).run();
            throw failed;
        }
    }

    private RecoverDatabasePlan plan(Optional<TwoCompared> compared) {
        return RecoveryStubs.planning("plan the recovery")
                .plan(new RecoverDatabasePlanOrder(request, seen.orElseThrow(), compared));
    }

    private MadeCopy makeCopy(RecoverDatabasePlan plan, Timeline timeline) {
        Step step = plan.plan().step(RecoverySteps.COPY);
        List<String> locks = switch (plan.observation().source()) {
            case CopySource.BackupSet set ->
                List.of(BACKUPS, set.manifest().set().lock());
            // When a physical backup is made, older ones go, and maybe the one that is restored.
            case CopySource.PointInTime moment -> List.of("protect/" + moment.cluster());
        };
        return Locks.holding(
                locks,
                PATIENCE,
                () -> timeline.during(
                        step.id(), () -> RecoveryStubs.lengthy(step).makeCopy(order(step, Optional.empty()))));
    }

    private RecoverDatabaseOutcome compareAndAsk(RecoverDatabasePlan first, Timeline timeline) {
        TwoCompared latest = compare(first, timeline);
        for (int attempt = 1; ; attempt++) {
            TwoCompared compared = latest;
            if (!request.isOfTheWhole() && request.tables().stream().allMatch(table -> compared.missing(table) == 0)) {
                dropCopy(first);
                Announcer.announceBriefly(notices.nothingMissing(compared));
                return new RecoverDatabaseOutcome.NothingMissing(compared, took());
            }
            RecoverDatabasePlan plan = plan(Optional.of(compared));
            PlanApproval approval = approval(plan);
            Optional<Closing> closing = approval.waitFor(timeline, notices::glassBroken);
            if (closing.filter(ended -> !ended.isApproved()).isPresent()) {
                return notApproved(plan, compared, closing.get(), approval.whyNot(closing.get()));
            }
            if (!request.isOfTheWhole()) {
                return bringBack(plan, compared, timeline);
            }
            switch (swap(plan, compared, timeline)) {
                case SwapReport.Swapped swapped -> {
                    return swapped(plan, compared, swapped, timeline);
                }
                case SwapReport.Changed changed -> closing.ifPresent(Questions::rewriteAsVoid);
            }
            standing = "the live database was not touched";
            if (attempt == TRIES) {
                dropCopy(first);
                return new RecoverDatabaseOutcome.KeptChanging(
                        compared, TRIES, Announcer.announceBriefly(notices.keptChanging(compared, TRIES)));
            }
            latest = compare(first, timeline);
        }
    }

    private TwoCompared compare(RecoverDatabasePlan plan, Timeline timeline) {
        Step step = plan.plan().step(RecoverySteps.COMPARE);
        TwoCompared compared =
                timeline.during(step.id(), () -> RecoveryStubs.lengthy(step).compare(order(step, Optional.empty())));
        timeline.remark(
                step.id(),
                Quantities.plural(compared.tables().size(), "table") + " differ, " + compared.equal() + " equal");
        return compared;
    }

    private RecoverDatabaseOutcome bringBack(RecoverDatabasePlan plan, TwoCompared compared, Timeline timeline) {
        Step step = plan.plan().step(RecoverySteps.BRING_BACK);
        standing = "all rows came back or none; a run that is started again adds nothing twice";
        RowsReport report = timeline.during(
                step.id(), () -> RecoveryStubs.changing(step).bringBack(order(step, Optional.of(compared))));
        standing = "the rows are back";
        List<String> problems = new ArrayList<>(verify(plan, timeline));
        problems.addAll(dropAtTheEnd(plan, timeline));
        List<String> undelivered = timeline.during(
                RecoverySteps.NOTIFY, () -> Announcer.announceBriefly(notices.rowsBack(report, problems, took())));
        return new RecoverDatabaseOutcome.RowsBack(
                compared, report.tables(), problems, plan.plan().digest(), took(), undelivered);
    }

    private SwapReport swap(RecoverDatabasePlan plan, TwoCompared compared, Timeline timeline) {
        Step step = plan.plan().step(RecoverySteps.SWAP);
        RecoveryOrder order = order(step, Optional.of(compared));
        standing = "nobody has seen yet whether the names have changed";
        try {
            return timeline.during(step.id(), () -> RecoveryStubs.changing(step).swap(order));
        } catch (TemporalFailure failed) {
            Workflow.newDetachedCancellationScope(
                            () -> standing = RecoveryStubs.undoing(step).giveUpSwap(order))
                    .run();
            throw failed;
        }
    }

    private RecoverDatabaseOutcome swapped(
            RecoverDatabasePlan plan, TwoCompared compared, SwapReport.Swapped names, Timeline timeline) {
        standing = names.words();
        List<String> problems = verify(plan, timeline);
        List<String> undelivered = timeline.during(
                RecoverySteps.NOTIFY,
                () -> Announcer.announceBriefly(notices.swapped(compared, names, problems, took())));
        return new RecoverDatabaseOutcome.Swapped(
                compared, names, problems, plan.plan().digest(), took(), undelivered);
    }

    private RecoverDatabaseOutcome notApproved(
            RecoverDatabasePlan plan, TwoCompared compared, Closing closing, String reason) {
        dropCopy(plan);
        return new RecoverDatabaseOutcome.NotApproved(
                compared,
                closing.view().state(),
                reason,
                plan.plan().digest(),
                Announcer.announceBriefly(notices.notApproved(compared, closing, reason)));
    }

    /** What was recovered stays recovered, whatever comes of this. */
    private List<String> verify(RecoverDatabasePlan plan, Timeline timeline) {
        Step step = plan.plan().step(RecoverySteps.VERIFY);
        try {
            List<String> problems = timeline.during(
                    step.id(), () -> RecoveryStubs.changing(step).verify(order(step, Optional.empty())));
            timeline.remark(step.id(), problems.isEmpty() ? "all true" : problems.size() + " not true");
            return problems;
        } catch (ActivityFailure failed) {
            return List.of("the smoke queries could not be asked: " + unlessCancelled(failed));
        }
    }

    private List<String> dropAtTheEnd(RecoverDatabasePlan plan, Timeline timeline) {
        Step step = plan.plan().step(RecoverySteps.DROP);
        try {
            return timeline.during(step.id(), () -> {
                RecoveryStubs.undoing(step).dropCopy(order(step, Optional.empty()));
                return List.of();
            });
        } catch (ActivityFailure failed) {
            return List.of("the copy " + copy.map(MadeCopy::name).orElse("") + " could not be dropped: "
                    + unlessCancelled(failed));
        }
    }

    private static String unlessCancelled(ActivityFailure failed) {
        if (failed.getCause() instanceof CanceledFailure) {
            throw failed;
        }
        return RecoverDatabaseWorkflowImpl.reason(failed);
    }

    private void dropCopy(RecoverDatabasePlan plan) {
        Step step = plan.plan().step(RecoverySteps.COPY);
        RecoveryStubs.undoing(step).dropCopy(order(step, Optional.empty()));
    }

    private PlanApproval approval(RecoverDatabasePlan plan) {
        RecoveryObservation found = plan.observation();
        return new PlanApproval(
                "recover",
                notices.subject(),
                found.environment(),
                request.requester(),
                found.requester(),
                plan.plan(),
                found.policy());
    }

    private RecoveryOrder order(Step step, Optional<TwoCompared> compared) {
        RecoveryObservation found = seen.orElseThrow();
        return new RecoveryOrder(step, request.database(), found.source(), found.tables(), copy, compared);
    }

    /** From the start of the run, with all waiting. */
    private static Duration took() {
        return Duration.ofMillis(
                Workflow.currentTimeMillis() - Workflow.getInfo().getRunStartedTimestampMillis());
    }
}
