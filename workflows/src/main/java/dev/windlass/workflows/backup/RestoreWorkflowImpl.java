package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.Locks;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.Timeline;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;

/** A set becomes a new database beside the others; a failure drops what this run made, and nothing else. */
public final class RestoreWorkflowImpl implements RestoreWorkflow {
    @Override
    public RestoreOutcome run(RestoreRequest request) {
        RestorePlan plan = BackupStubs.planning("plan the restore").planRestore(request);
        return Locks.holding(
                List.of(Pruning.lock(request.set()), "database/" + plan.database() + "/" + request.into()),
                Duration.ofHours(6),
                () -> restore(plan, request));
    }

    private static RestoreOutcome restore(RestorePlan planned, RestoreRequest request) {
        Timeline timeline = new Timeline(planned.plan());
        Step step = planned.plan()
                .step(BackupSteps.RESTORE)
                .fill(Slots.of("set", request.set().value()));
        RestoreOrder order = new RestoreOrder(
                step,
                request.set(),
                planned.database(),
                request.into(),
                planned.manifest(),
                planned.source(),
                request.identity());
        try {
            DatabaseProof comparison =
                    timeline.during(step.id(), () -> BackupStubs.lengthy(step).restoreDatabase(order));
            return new RestoreOutcome(
                    request.set(),
                    request.into(),
                    comparison,
                    Duration.ofMillis(
                            Workflow.currentTimeMillis() - Workflow.getInfo().getRunStartedTimestampMillis()));
        } catch (TemporalFailure failed) {
            Workflow.newDetachedCancellationScope(() -> BackupStubs.brief(step).dropRestored(order))
                    .run();
            throw failed;
        }
    }
}
