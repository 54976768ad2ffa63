package dev.windlass.workflows.recovery;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What a drill does. Each executes exactly the step it is handed, and is safe to run twice. */
@ActivityInterface
public interface DrillActivities {
    /**
     * Commits every second, and sees which of these commits are in the bucket by then. Takes a little longer than two
     * archive_timeouts.
     *
     * @throws io.temporal.failure.ApplicationFailure TARGET_UNAVAILABLE: nothing of it reached the bucket;
     *     DATABASE_UNREACHABLE
     */
    @ActivityMethod(name = "MeasureLoss")
    MeasuredLoss measureLoss(DrillOrder order);

    /**
     * Restores the cluster beside the live one, reads all of the database, and removes what it has made.
     *
     * @throws io.temporal.failure.ApplicationFailure as a recovery to a moment, and RESTORE_DIFFERS: a smoke query fails
     */
    @ActivityMethod(name = "RestoreForDrill")
    RestoredCluster restore(DrillOrder order);

    /** What an attempt has left: a server, a directory. */
    @ActivityMethod(name = "ClearDrill")
    void clear(DrillOrder order);

    @ActivityMethod(name = "RecordDrill")
    void record(DrillRecord record);
}
