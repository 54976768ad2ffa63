package dev.windlass.workflows.recovery;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** Each is safe to run twice; how stands at its implementation. */
@ActivityInterface
public interface RecoveryActivities {
    /**
     * A whole copy beside the live database, compared with all that its source tells of it.
     *
     * @throws io.temporal.failure.ApplicationFailure RESTORE_FAILED, RESTORE_DIFFERS, ALREADY_EXISTS (the name is taken by
     *     somebody else), DISK_FULL, ARTEFACT_DAMAGED, WRONG_IDENTITY, DATABASE_UNREACHABLE
     */
    @ActivityMethod(name = "MakeCopyBeside")
    MadeCopy makeCopy(RecoveryOrder order);

    /** @throws io.temporal.failure.ApplicationFailure NOT_FOUND or PRECONDITION: a table of the request cannot come back */
    @ActivityMethod(name = "CompareWithCopy")
    TwoCompared compare(RecoveryOrder order);

    /** In one transaction. Rows that are there are never changed. */
    @ActivityMethod(name = "BringRowsBack")
    RowsReport bringBack(RecoveryOrder order);

    /** Only while the live database is what was compared. */
    @ActivityMethod(name = "SwapDatabases")
    SwapReport swap(RecoveryOrder order);

    /** The undo of the swap: opens the live database again, where a swap that was given up has left it closed. @return how it stands, in words */
    @ActivityMethod(name = "GiveUpSwap")
    String giveUpSwap(RecoveryOrder order);

    /** The smoke queries of ops.yml over the live database. @return those that are not true, a line each */
    @ActivityMethod(name = "VerifyRecovery")
    List<String> verify(RecoveryOrder order);

    /** The undo of the copy: drops what this run has made, unless it has become the live database. */
    @ActivityMethod(name = "DropCopyBeside")
    void dropCopy(RecoveryOrder order);
}
