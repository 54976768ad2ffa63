package dev.windlass.workflows.migrate;

import dev.windlass.workflows.backup.BackupOutcome;
import dev.windlass.workflows.backup.BackupRequest;
import dev.windlass.workflows.backup.BackupWorkflow;
import dev.windlass.workflows.backup.DatabaseSummary;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Locks;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.kernel.Timeline;
import dev.windlass.workflows.migrate.MigrateObservation.ProvenSet;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The backup that a migration begins with. Nothing was changed yet, so one that fails ends the run. */
final class BackupBefore {
    /** What every backup run holds: a newer proven set takes the identity of ours away. */
    private static final String BACKUPS = "backup";
    /** Another backup that is at work ends within hours. */
    private static final Duration PATIENCE = Duration.ofHours(12);

    private static final int TRIES = 3;

    private final MigrateRequest request;
    private final MigrateObservation seen;
    private final Timeline timeline;

    BackupBefore(MigrateRequest request, MigrateObservation seen, Timeline timeline) {
        this.request = request;
        this.seen = seen;
        this.timeline = timeline;
    }

    /** One that is young enough, or a new one. */
    void requireFresh() {
        Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
        Duration age = Duration.between(seen.newest().orElseThrow().snapshotAt(), now);
        timeline.during(MigrateSteps.BACKUP, () -> {
            if (age.compareTo(seen.backupAge()) <= 0) {
                timeline.remark(
                        MigrateSteps.BACKUP,
                        "set " + seen.newest().orElseThrow().set() + " is " + Quantities.time(age) + " old");
            } else {
                proven(backup());
            }
            return true;
        });
    }

    /**
     * A new one, whatever its age: what is written after it is what a restore loses. It stays restorable while {@code work}
     * is done: other backups wait.
     */
    <T> T holdingNewOne(Function<ProvenSet, T> work) {
        for (int each = 0; each < TRIES; each++) {
            ProvenSet set = timeline.during(MigrateSteps.BACKUP, () -> proven(backup()));
            Optional<T> done = Locks.holding(
                    List.of(BACKUPS, set.set().lock()),
                    PATIENCE,
                    () -> isRestorable(set) ? Optional.of(work.apply(set)) : Optional.<T>empty());
            if (done.isPresent()) {
                return done.get();
            }
        }
        throw new Failure(
                        FailureType.LOCKED,
                        "another backup came between, " + TRIES + " times, and no set of this run stayed restorable",
                        "let the other backups end, then start the migration again; nothing was changed",
                        "migrate.md#undo-by-restore")
                .asException();
    }

    /** Between the end of the backup and the lock another one may have come. */
    private static boolean isRestorable(ProvenSet set) {
        return MigrateStubs.planning("see that set " + set.set() + " can be restored")
                .isRestorable(set);
    }

    private ProvenSet proven(BackupOutcome outcome) {
        timeline.remark(MigrateSteps.BACKUP, "set " + outcome.manifest().set() + " is proven");
        Instant snapshotAt = outcome.manifest().databases().stream()
                .filter(summary -> summary.database().equals(seen.database()))
                .map(DatabaseSummary::snapshotAt)
                .findFirst()
                .orElseGet(outcome.manifest()::committedAt);
        return new ProvenSet(outcome.manifest().set(), snapshotAt, outcome.manifest());
    }

    private BackupOutcome backup() {
        return Workflow.newChildWorkflowStub(
                        BackupWorkflow.class,
                        ChildWorkflowOptions.newBuilder()
                                .setWorkflowId(
                                        "backup-before/" + Workflow.getInfo().getRunId())
                                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
                                .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
                                .setStaticSummary("back up " + seen.database() + " before its migration")
                                .build())
                .run(new BackupRequest(
                        List.of(seen.database()), "migrate " + request.app() + " " + request.environment()));
    }
}
