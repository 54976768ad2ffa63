package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.notify.Announcer;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.time.Instant;
import java.util.Optional;

/** What every backup runbook does when it fails for good. */
final class BackupFailures {
    private BackupFailures() {}

    /** Tells people, with the age of the last proven set. Runs detached: a cancelled run still says so. */
    static void announce(String runbook, TemporalFailure failed) {
        CancellationScope detached = Workflow.newDetachedCancellationScope(() -> {
            WorkflowInfo info = Workflow.getInfo();
            Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
            Announcer.announce(new BackupNotices(info.getWorkflowId(), info.getRunId())
                    .broken(runbook, failed, lastProven(), now));
        });
        detached.run();
    }

    private static Optional<Catalogue.Entry> lastProven() {
        try {
            return BackupStubs.planning("find the last proven set").listSets().newestProven();
        } catch (TemporalFailure unknown) {
            return Optional.empty();
        }
    }

    /** Whether the artefact itself is at fault, so that the verdict on the set is FAILED and not open. */
    static boolean isVerdict(Throwable thrown) {
        if (thrown instanceof CanceledFailure) {
            return false;
        }
        return Failure.in(thrown)
                .map(Failure::type)
                .filter(type -> type == FailureType.RESTORE_FAILED
                        || type == FailureType.RESTORE_DIFFERS
                        || type == FailureType.ARTEFACT_DAMAGED)
                .isPresent();
    }
}
