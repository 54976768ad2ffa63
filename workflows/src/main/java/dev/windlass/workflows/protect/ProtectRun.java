package dev.windlass.workflows.protect;

import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.kernel.Timeline;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** The steps of a plan that are there, and the way back. */
final class ProtectRun {
    /** R2 takes one write a second for one key, and {@code expire} writes what {@code backup} has just written. */
    private static final Duration BETWEEN_WRITES = Duration.ofSeconds(3);

    private final ClusterName cluster;
    private final Plan plan;
    private final Timeline timeline;
    private final Deque<Step> begun = new ArrayDeque<>();

    ProtectRun(ClusterName cluster, Plan plan, Timeline timeline) {
        this.cluster = cluster;
        this.plan = plan;
        this.timeline = timeline;
    }

    /** Setting up, in the order of the page. What fails is undone, the last first. */
    void setUp() {
        try {
            brief(ProtectSteps.CONFIGURE);
            brief(ProtectSteps.STANZA);
            brief(ProtectSteps.SETTINGS);
            brief(ProtectSteps.RESTART);
            brief(ProtectSteps.CHECK);
            lengthy(ProtectSteps.BACKUP);
        } catch (TemporalFailure failed) {
            Workflow.newDetachedCancellationScope(this::undo).run();
            throw failed;
        }
        if (plan.hasStep(ProtectSteps.INSPECT)) {
            inspect();
        }
    }

    /** A scheduled backup: there is nothing to undo. */
    PhysicalBackup backUp() {
        lengthy(ProtectSteps.BACKUP);
        Workflow.sleep(BETWEEN_WRITES);
        brief(ProtectSteps.EXPIRE);
        return inspect();
    }

    /** Damaged pages are no reason to archive no more: what has failed here is told, and nothing is undone. */
    private PhysicalBackup inspect() {
        Step step = plan.step(ProtectSteps.INSPECT);
        return timeline.during(step.id(), () -> {
            PhysicalBackup made = ProtectStubs.brief(step).inspect(order(step));
            timeline.remark(step.id(), made.label());
            return made;
        });
    }

    private void brief(StepId id) {
        if (plan.hasStep(id)) {
            Step step = plan.step(id);
            begun.push(step);
            timeline.during(id, () -> {
                ProtectStubs.brief(step).carryOut(order(step));
                return true;
            });
        }
    }

    private void lengthy(StepId id) {
        if (plan.hasStep(id)) {
            Step step = plan.step(id);
            begun.push(step);
            timeline.during(id, () -> {
                ProtectStubs.lengthy(step).carryOut(order(step));
                return true;
            });
        }
    }

    private void undo() {
        while (!begun.isEmpty()) {
            Step step = begun.pop();
            if (!step.undo().isEmpty()) {
                ProtectStubs.undoing(step).undo(order(step));
                timeline.remark(step.id(), "undone");
            }
        }
    }

    private ProtectOrder order(Step step) {
        return new ProtectOrder(cluster, step);
    }
}
