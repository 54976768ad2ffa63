package dev.windlass.workflows.backup;

import dev.windlass.workflows.audit.Audit;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Locks;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.Timeline;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A set becomes a new database beside the others; a failure drops what this run made, and nothing else. */
public final class RestoreWorkflowImpl implements RestoreWorkflow {
    @Override
    public RestoreOutcome run(RestoreRequest request) {
        return Audit.during(
                "restore",
                request.requestedBy(),
                Sorted.copyOf(Map.of("set", request.set().value(), "into", request.into())),
                () -> planAndRestore(request));
    }

    private static RestoreOutcome planAndRestore(RestoreRequest request) {
        RestorePlan plan = BackupStubs.planning("plan the restore").planRestore(request);
        return Locks.holding(
                List.of(request.set().lock(), "database/" + plan.database() + "/" + request.into()),
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
        DatabaseProof comparison = restoreOrDrop(timeline, order);
        requireEqual(comparison, request);
        return new RestoreOutcome(
                request.set(),
                request.into(),
                comparison,
                Duration.ofMillis(
                        Workflow.currentTimeMillis() - Workflow.getInfo().getRunStartedTimestampMillis()));
    }

    private static DatabaseProof restoreOrDrop(Timeline timeline, RestoreOrder order) {
        Step step = order.step();
        try {
            return timeline.during(step.id(), () -> BackupStubs.lengthy(step).restoreDatabase(order));
        } catch (TemporalFailure failed) {
            Workflow.newDetachedCancellationScope(() -> BackupStubs.brief(step).dropRestored(order))
                    .run();
            throw failed;
        }
    }

    /** The new database stays all the same: on a bad day, most of the data is better than none. */
    private static void requireEqual(DatabaseProof comparison, RestoreRequest request) {
        if (comparison.isProven()) {
            return;
        }
        throw new Failure(
                        FailureType.RESTORE_DIFFERS,
                        "database " + request.into() + " is made from set " + request.set() + ", but differs from what"
                                + " was dumped, " + Quantities.plural(comparison.differenceCount(), "difference") + ": "
                                + comparison.differences().stream()
                                        .limit(3)
                                        .map(Difference::toString)
                                        .collect(Collectors.joining("; ")),
                        "look at the new database before anything uses it, and restore another set beside it.",
                        "restore.md#restore-differs")
                .asException();
    }
}
