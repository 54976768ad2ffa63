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

/** Files of a set become a new directory; a failure removes what this run made, and nothing else. */
public final class RestoreFilesWorkflowImpl implements RestoreFilesWorkflow {
    @Override
    public RestoreFilesOutcome run(RestoreFilesRequest request) {
        return Audit.during(
                "restore files",
                request.requestedBy(),
                Sorted.copyOf(Map.of(
                        "set", request.set().value(),
                        "files", request.archive().value(),
                        "into", request.into())),
                () -> planAndRestore(request));
    }

    private static RestoreFilesOutcome planAndRestore(RestoreFilesRequest request) {
        RestoreFilesPlan planned =
                BackupStubs.planning("plan the restore of files").planRestoreFiles(request);
        return Locks.holding(
                List.of(request.set().lock(), "directory/" + request.into()),
                Duration.ofHours(6),
                () -> restore(planned, request));
    }

    private static RestoreFilesOutcome restore(RestoreFilesPlan planned, RestoreFilesRequest request) {
        Step step = planned.plan()
                .step(BackupSteps.RESTORE_FILES)
                .fill(Slots.of("set", request.set().value()));
        RestoreFilesOrder order = new RestoreFilesOrder(step, planned.manifest(), request.archive(), request.into());
        ArchiveProof comparison = restoreOrRemove(new Timeline(planned.plan()), order);
        requireEqual(comparison, request);
        return new RestoreFilesOutcome(
                request.set(),
                request.into(),
                comparison,
                Duration.ofMillis(
                        Workflow.currentTimeMillis() - Workflow.getInfo().getRunStartedTimestampMillis()));
    }

    private static ArchiveProof restoreOrRemove(Timeline timeline, RestoreFilesOrder order) {
        Step step = order.step();
        try {
            return timeline.during(step.id(), () -> BackupStubs.lengthy(step).restoreFiles(order));
        } catch (TemporalFailure failed) {
            Workflow.newDetachedCancellationScope(() -> BackupStubs.brief(step).removeRestoredFiles(order))
                    .run();
            throw failed;
        }
    }

    /** The new directory stays all the same: on a bad day, most of the files are better than none. */
    private static void requireEqual(ArchiveProof comparison, RestoreFilesRequest request) {
        if (comparison.isProven()) {
            return;
        }
        throw new Failure(
                        FailureType.RESTORE_DIFFERS,
                        request.into() + " is made from set " + request.set() + ", but differs from what was archived, "
                                + Quantities.plural(comparison.differenceCount(), "difference") + ": "
                                + comparison.differences().stream()
                                        .limit(3)
                                        .map(Difference::toString)
                                        .collect(Collectors.joining("; ")),
                        "look at the new directory before anything uses it, and restore another set beside it.",
                        "restore-files.md#restore-differs")
                .asException();
    }
}
