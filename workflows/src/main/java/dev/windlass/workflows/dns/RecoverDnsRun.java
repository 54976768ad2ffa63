package dev.windlass.workflows.dns;

import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.kernel.Timeline;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;

/** The steps of one run, after people have agreed. What it has begun and cannot end is put back, the last first. */
final class RecoverDnsRun {
    private final RecoverDnsPlan plan;
    private final Timeline timeline;
    private final DnsPace pace;
    private final List<DnsOrder> begun = new ArrayList<>();
    private String standing = "no record was changed";

    RecoverDnsRun(RecoverDnsPlan plan, DnsPace pace, Timeline timeline) {
        this.plan = plan;
        this.pace = pace;
        this.timeline = timeline;
    }

    /** What is true of the records when the run breaks off here. */
    String standing() {
        return standing;
    }

    void switchRecords() {
        try {
            writeDown();
            if (plan.plan().hasStep(DnsSteps.LOWER_TTL)) {
                change(DnsSteps.LOWER_TTL, plan.lowering());
            }
            waitForTheOldTtl();
            tryAddress();
            change(DnsSteps.SWITCH, plan.switching());
        } catch (TemporalFailure failed) {
            Workflow.newDetachedCancellationScope(this::putBack).run();
            throw failed;
        }
    }

    private void writeDown() {
        Step step = plan.plan().step(DnsSteps.RECORD);
        timeline.during(step.id(), () -> {
            DnsStubs.looking(step).writeDown(new DnsOrder(step, plan.moves(), List.of()));
            return step;
        });
    }

    private void waitForTheOldTtl() {
        if (pace == DnsPace.AFTER_OLD_TTL && !plan.oldTtl().isZero()) {
            timeline.waitFor("waiting for " + plan.oldTtl().toSeconds()
                    + " s, after which nobody keeps the old address for longer than the new TTL");
            Workflow.sleep(plan.oldTtl());
            timeline.goOn();
        }
    }

    private void tryAddress() {
        if (plan.plan().hasStep(DnsSteps.TRY)) {
            Step step = plan.plan().step(DnsSteps.TRY);
            timeline.during(step.id(), () -> {
                DnsStubs.looking(step).tryAddress(new DnsOrder(step, plan.switching(), plan.checks()));
                return step;
            });
        }
    }

    private void change(StepId id, List<RecordMove> moves) {
        Step step = plan.plan().step(id);
        DnsOrder order = new DnsOrder(step, moves, List.of());
        begun.add(order);
        standing = "the records are between two states";
        timeline.during(id, () -> {
            DnsStubs.changing(step).change(order);
            return step;
        });
        standing = id.equals(DnsSteps.SWITCH)
                ? "the records lead to the new address"
                : "the records lead where they did, with a lower TTL";
    }

    private void putBack() {
        List<String> leftAlone = new ArrayList<>();
        for (DnsOrder order : begun.reversed()) {
            leftAlone.addAll(DnsStubs.undoing(order.step()).putBack(order));
        }
        standing = leftAlone.isEmpty()
                ? "the records are as they were before"
                : "left alone, since somebody else has changed them: " + String.join("; ", leftAlone);
    }

    /** The records stay where they are, whatever comes of this: the old machine may be gone. */
    List<String> verify() {
        Step step = plan.plan().step(DnsSteps.VERIFY);
        try {
            List<String> problems = timeline.during(
                    step.id(),
                    () -> DnsStubs.looking(step).verify(new DnsOrder(step, plan.switching(), plan.checks())));
            timeline.remark(step.id(), problems.isEmpty() ? "all well" : problems.size() + " not well");
            return problems;
        } catch (ActivityFailure failed) {
            if (failed.getCause() instanceof CanceledFailure) {
                throw failed;
            }
            return List.of("the names could not be asked for: " + RecoverDnsWorkflowImpl.reason(failed));
        }
    }
}
