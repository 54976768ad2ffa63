package dev.windlass.workflows.stagingsync;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** Each is safe to run twice; how stands at its implementation. None of them lets a value of a row out, nor PostgreSQL's words. */
@ActivityInterface
public interface StagingSyncActivities {
    /**
     * Restores the backup that the copy is made of into a throw-away cluster, which stays until {@link #removeRestored}.
     *
     * @return what was restored, in words
     * @throws io.temporal.failure.ApplicationFailure RESTORE_FAILED: this set cannot be the source; DISK_FULL, STORAGE_UNAVAILABLE
     */
    @ActivityMethod(name = "RestoreSourceOfCopy")
    String restore(StagingSyncOrder order);

    /** Harmless where nothing was restored. */
    @ActivityMethod(name = "RemoveSourceOfCopy")
    void removeRestored(StagingSyncOrder order);

    /**
     * Makes the masked copy beside the target, where nobody else may connect to it.
     *
     * @throws io.temporal.failure.ApplicationFailure PRECONDITION (the classification does not fit or is another one, a value that
     *     no mask has made), COMMAND_FAILED, DATABASE_UNREACHABLE, DISK_FULL
     */
    @ActivityMethod(name = "MakeMaskedCopy")
    MaskedCopyReport copy(StagingSyncOrder order);

    /** The undo of it; harmless where there is none, or where it is staging by now. */
    @ActivityMethod(name = "DropMaskedCopy")
    void dropCopy(StagingSyncOrder order);

    /**
     * Gives the copy what is staging's own: all of it, or nothing.
     *
     * @return rows that each statement has changed
     * @throws io.temporal.failure.ApplicationFailure PRECONDITION: a statement was refused
     */
    @ActivityMethod(name = "RewriteMaskedCopy")
    List<Long> rewrite(StagingSyncOrder order);

    /**
     * Reads the whole copy once more.
     *
     * @throws io.temporal.failure.ApplicationFailure PRECONDITION: a value that no mask has made
     */
    @ActivityMethod(name = "ScanMaskedCopy")
    AnonymizationReport scan(StagingSyncOrder order);

    /** @return the name that the replaced database has now */
    @ActivityMethod(name = "SwapStaging")
    String swap(StagingSyncOrder order);

    /** The undo of it. @return what is true of staging, in words */
    @ActivityMethod(name = "GiveUpSwapOfStaging")
    String giveUpSwap(StagingSyncOrder order);

    /**
     * Empties what staging caches in.
     *
     * @throws io.temporal.failure.ApplicationFailure PRECONDITION (it is production's, a replica), CONFIGURATION,
     *     DATABASE_UNREACHABLE, COMMAND_FAILED, SECRET_MISSING
     */
    @ActivityMethod(name = "FlushStagingRedis")
    FlushedRedis flush(StagingSyncOrder order);

    /**
     * Looks whether staging works.
     *
     * @return what was good, in words
     * @throws io.temporal.failure.ApplicationFailure PRECONDITION: it does not; DATABASE_UNREACHABLE
     */
    @ActivityMethod(name = "SmokeStaging")
    String smoke(StagingSyncOrder order);

    /**
     * Undoes a swap that was done: staging is what it was, and the copy has its own name again, closed.
     *
     * @return what is true of staging, in words
     * @throws io.temporal.failure.ApplicationFailure PRECONDITION: what staging was is not there any more
     */
    @ActivityMethod(name = "SwapStagingBack")
    String swapBack(StagingSyncOrder order);

    /** @return names of databases that earlier runs had replaced, and that were dropped now */
    @ActivityMethod(name = "DropReplacedStaging")
    List<String> clear(StagingSyncOrder order);
}
