package dev.windlass.workflows.stagingsync;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.kernel.Timeline;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps of one sync, after people have agreed. Staging is what it was until the names change. */
final class StagingSyncRun {
    private static final int LOST_AT_MOST = 2;

    private final StagingSyncPlan plan;
    private final Timeline timeline;
    private final List<String> problems = new ArrayList<>();
    private Optional<MaskedCopyReport> copy = Optional.empty();
    private List<Long> rewritten = List.of();
    private Optional<AnonymizationReport> report = Optional.empty();
    private String replaced = "";
    private Optional<FlushedRedis> flushed = Optional.empty();
    private Optional<String> smoked = Optional.empty();
    private List<String> dropped = List.of();
    private String standing = "staging is as it was";

    /** @param told before it began */
    StagingSyncRun(StagingSyncPlan plan, Timeline timeline, List<String> told) {
        problems.addAll(told);
        this.plan = plan;
        this.timeline = timeline;
    }

    /** What is true of staging when the run breaks off here. */
    String standing() {
        return standing;
    }

    void sync() {
        try {
            restore();
            reading(this::makeCopy);
            rewrite();
            reading(this::scan);
            remove();
            swap();
        } catch (TemporalFailure failed) {
            Workflow.newDetachedCancellationScope(this::dropAll).run();
            throw failed;
        }
        try {
            flush();
            smoke();
        } catch (TemporalFailure failed) {
            if (plan.plan().hasStep(StagingSyncSteps.SMOKE)) {
                Workflow.newDetachedCancellationScope(this::swapBack).run();
            }
            throw failed;
        }
        clear();
    }

    private void restore() {
        if (isOfBackup()) {
            Step step = step(StagingSyncSteps.RESTORE);
            timeline.remark(
                    step.id(),
                    timeline.during(
                            step.id(), () -> StagingSyncStubs.copying(step).restore(order(step))));
        }
    }

    private boolean isOfBackup() {
        return plan.plan().hasStep(StagingSyncSteps.RESTORE);
    }

    /** Whoever restarts the machine, or the worker with all it has started, takes the throw-away cluster away. */
    private void reading(Runnable work) {
        for (int left = isOfBackup() ? LOST_AT_MOST : 0; ; left--) {
            try {
                work.run();
                return;
            } catch (ActivityFailure failed) {
                boolean isLost = Failure.in(failed)
                        .filter(known -> known.type() == FailureType.SNAPSHOT_LOST)
                        .isPresent();
                if (!isLost || left == 0) {
                    throw failed;
                }
                restore();
            }
        }
    }

    /** Raw rows lie there: before staging is touched. */
    private void remove() {
        if (isOfBackup()) {
            Step step = step(StagingSyncSteps.REMOVE);
            timeline.during(step.id(), () -> {
                StagingSyncStubs.changing(step).removeRestored(order(step));
                return true;
            });
        }
    }

    /** Raw rows go first: the copy waits where the target's server is away. */
    private void dropAll() {
        if (isOfBackup()) {
            boolean isOfRawRowsFirst = Workflow.getVersion("raw-rows-go-first", Workflow.DEFAULT_VERSION, 1) == 1;
            Runnable first = isOfRawRowsFirst ? this::undoRestore : this::dropCopy;
            Runnable second = isOfRawRowsFirst ? this::dropCopy : this::undoRestore;
            try {
                first.run();
            } finally {
                second.run();
            }
        } else {
            dropCopy();
        }
    }

    private void undoRestore() {
        Step step = step(StagingSyncSteps.RESTORE);
        StagingSyncStubs.undoing(step).removeRestored(order(step));
    }

    private void makeCopy() {
        Step step = step(StagingSyncSteps.COPY);
        MaskedCopyReport made =
                timeline.during(step.id(), () -> StagingSyncStubs.copying(step).copy(order(step)));
        timeline.remark(step.id(), made.total() + " rows");
        copy = Optional.of(made);
    }

    private void rewrite() {
        if (plan.plan().hasStep(StagingSyncSteps.REWRITE)) {
            Step step = step(StagingSyncSteps.REWRITE);
            rewritten = timeline.during(
                    step.id(), () -> StagingSyncStubs.copying(step).rewrite(order(step)));
            timeline.remark(
                    step.id(), rewritten.stream().mapToLong(Long::longValue).sum() + " rows");
        }
    }

    private void scan() {
        Step step = step(StagingSyncSteps.SCAN);
        report = Optional.of(
                timeline.during(step.id(), () -> StagingSyncStubs.copying(step).scan(order(step))));
    }

    private void swap() {
        Step step = step(StagingSyncSteps.SWAP);
        standing = "nobody has seen yet whether the names have changed";
        try {
            replaced = timeline.during(
                    step.id(), () -> StagingSyncStubs.changing(step).swap(order(step)));
        } catch (TemporalFailure failed) {
            Workflow.newDetachedCancellationScope(
                            () -> standing = StagingSyncStubs.undoing(step).giveUpSwap(order(step)))
                    .run();
            throw failed;
        }
        standing = "staging is the masked copy; what it was is kept as " + replaced;
    }

    private void dropCopy() {
        Step step = step(StagingSyncSteps.COPY);
        StagingSyncStubs.undoing(step).dropCopy(order(step));
    }

    private void flush() {
        if (plan.plan().hasStep(StagingSyncSteps.FLUSH)) {
            Step step = step(StagingSyncSteps.FLUSH);
            afterwards("staging's Redis still holds what it cached of the staging before: ", () -> {
                FlushedRedis emptied = timeline.during(
                        step.id(), () -> StagingSyncStubs.changing(step).flush(order(step)));
                timeline.remark(step.id(), emptied.keys() + " keys");
                flushed = Optional.of(emptied);
            });
        }
    }

    private void smoke() {
        if (plan.plan().hasStep(StagingSyncSteps.SMOKE)) {
            Step step = step(StagingSyncSteps.SMOKE);
            String good = timeline.during(
                    step.id(), () -> StagingSyncStubs.smoking(step).smoke(order(step)));
            timeline.remark(step.id(), good);
            smoked = Optional.of(good);
        }
    }

    /** Nobody has seen that the copy works, so staging is what it was again; the copy goes. */
    private void swapBack() {
        Step step = step(StagingSyncSteps.SWAP);
        standing = "staging is the masked copy, which nobody has seen work; what it was is kept as " + replaced;
        standing = StagingSyncStubs.undoing(step).swapBack(order(step));
        try {
            dropCopy();
        } catch (TemporalFailure failed) {
            // Why staging was put back is what people need to read first.
            standing += "; the copy could not be dropped: " + StagingSyncWorkflowImpl.reason(failed);
        }
    }

    private void clear() {
        Step step = step(StagingSyncSteps.CLEAR);
        afterwards(
                "what earlier runs had replaced could not be dropped: ",
                () -> dropped = timeline.during(
                        step.id(), () -> StagingSyncStubs.changing(step).clear(order(step))));
    }

    /** Staging is new, whatever comes of this: what fails is told. */
    private void afterwards(String told, Runnable work) {
        try {
            work.run();
        } catch (ActivityFailure failed) {
            if (failed.getCause() instanceof CanceledFailure) {
                throw failed;
            }
            problems.add(told + StagingSyncWorkflowImpl.reason(failed));
        }
    }

    StagingSyncOutcome.Synced outcome(java.time.Duration took, List<String> undelivered) {
        return new StagingSyncOutcome.Synced(
                plan.source(),
                plan.target(),
                copy.orElseThrow(),
                report.orElseThrow().scanned(),
                plan.classification(),
                replaced,
                dropped,
                problems,
                plan.plan().digest(),
                took,
                undelivered,
                report.filter(told -> !told.classification().isEmpty()),
                rewritten,
                flushed,
                smoked,
                plan.backup().map(BackupSource::copied));
    }

    private Step step(StepId id) {
        return plan.plan().step(id);
    }

    private StagingSyncOrder order(Step step) {
        return new StagingSyncOrder(
                step, plan.source(), plan.target(), plan.owner(), plan.classification(), copy, plan.backup());
    }
}
