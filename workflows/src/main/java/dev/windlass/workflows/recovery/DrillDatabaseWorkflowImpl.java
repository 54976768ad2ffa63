package dev.windlass.workflows.recovery;

import dev.windlass.workflows.audit.Audit;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Locks;
import dev.windlass.workflows.kernel.RunAttributes;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.kernel.Timeline;
import dev.windlass.workflows.notify.Announcer;
import dev.windlass.workflows.notify.Notice;
import dev.windlass.workflows.notify.Notice.Severity;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A drill, in the order of its page. */
public final class DrillDatabaseWorkflowImpl implements DrillDatabaseWorkflow {
    /** A full backup that is under way ends within hours, and what one removes must not be what is restored. */
    private static final Duration PATIENCE = Duration.ofHours(12);

    @Override
    public DrillOutcome run(DrillRequest request) {
        Workflow.upsertTypedSearchAttributes(
                RunAttributes.APP.valueSet(request.database().value()));
        Audit.started("drill database", request.requestedBy(), request.asked());
        try {
            DrillOutcome outcome = drill(request);
            Audit.ended("drill database", outcome.words());
            return outcome;
        } catch (TemporalFailure failed) {
            Optional<Failure> failure = Failure.in(failed);
            String fact = failure.map(Failure::fact).orElseGet(() -> Failure.messageOf(failed));
            Workflow.newDetachedCancellationScope(() -> {
                        Announcer.announceBriefly(notice(
                                "failed",
                                Severity.BAD,
                                "DRILL FAILED: database " + request.database() + " was not recovered: " + fact,
                                failure.map(known ->
                                                List.of("hint: " + known.hint(), "see: runbooks/" + known.anchor()))
                                        .orElse(List.of())));
                        Audit.ended("drill database", "failed: " + fact);
                    })
                    .run();
            throw failed;
        }
    }

    private static DrillOutcome drill(DrillRequest request) {
        Instant at = Instant.ofEpochMilli(Workflow.currentTimeMillis());
        DrillPlan first = plan(request, "look at cluster and bucket, and plan", Optional.empty());
        return Locks.holding(List.of("protect/" + first.source().cluster()), PATIENCE, () -> {
            Timeline timeline = new Timeline(first.plan());
            Step measure = first.plan().step(DrillSteps.MEASURE);
            MeasuredLoss loss = timeline.during(
                    measure.id(),
                    () -> DrillStubs.measuring(measure.title()).measureLoss(order(request, first, measure.id())));
            DrillPlan plan = plan(request, "plan for the last moment that was safe", Optional.of(loss.safe()));
            RestoredCluster restored = timeline.during(DrillSteps.RESTORE, () -> restore(request, plan));
            DrillOutcome outcome = new DrillOutcome(
                    request.database(),
                    plan.source().cluster(),
                    at,
                    plan.source().backup(),
                    loss.most(),
                    restored,
                    List.of());
            DrillStubs.recording().record(new DrillRecord(Workflow.getInfo().getRunId(), outcome));
            return told(outcome);
        });
    }

    private static RestoredCluster restore(DrillRequest request, DrillPlan plan) {
        Step step = plan.plan().step(DrillSteps.RESTORE);
        DrillOrder order = order(request, plan, step.id());
        try {
            return DrillStubs.restoring(step.title()).restore(order);
        } catch (TemporalFailure failed) {
            Workflow.newDetachedCancellationScope(
                            () -> DrillStubs.clearing(step.title()).clear(order))
                    .run();
            throw failed;
        }
    }

    private static DrillOutcome told(DrillOutcome outcome) {
        List<String> undelivered = Announcer.announceBriefly(notice(
                "succeeded",
                Severity.GOOD,
                "drill: " + outcome.words(),
                List.of(
                        "from backup " + outcome.backup() + " of cluster " + outcome.cluster(),
                        outcome.restored().rows() + " rows in "
                                + outcome.restored().tables() + " tables were read")));
        return new DrillOutcome(
                outcome.database(),
                outcome.cluster(),
                outcome.at(),
                outcome.backup(),
                outcome.lost(),
                outcome.restored(),
                undelivered);
    }

    private static DrillPlan plan(DrillRequest request, String summary, Optional<Instant> moment) {
        return DrillStubs.planning(summary).planDrill(new DrillPlanOrder(request, moment));
    }

    private static DrillOrder order(DrillRequest request, DrillPlan plan, StepId step) {
        return new DrillOrder(request.database(), plan.source(), plan.plan().step(step));
    }

    private static Notice notice(String kind, Severity severity, String headline, List<String> lines) {
        WorkflowInfo info = Workflow.getInfo();
        return new Notice(
                info.getRunId() + "/" + kind, severity, headline, lines, info.getWorkflowId(), info.getRunId());
    }
}
