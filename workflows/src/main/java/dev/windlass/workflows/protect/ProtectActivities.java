package dev.windlass.workflows.protect;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What the protect runbook changes. Each executes exactly the step it is handed, and is safe to run twice. */
@ActivityInterface
public interface ProtectActivities {
    /**
     * Executes the step's effects in their order.
     *
     * @throws io.temporal.failure.ApplicationFailure STORAGE_UNAVAILABLE (also when it took too long), STORAGE_REFUSED,
     *     WRONG_IDENTITY (the passphrase), LOCKED, PRECONDITION, DATABASE_UNREACHABLE, COMMAND_FAILED
     */
    @ActivityMethod(name = "CarryOutProtectStep")
    void carryOut(ProtectOrder order);

    /** Executes the step's undo; harmless when the step never ran. */
    @ActivityMethod(name = "UndoProtectStep")
    void undo(ProtectOrder order);

    /**
     * The newest backup, which the run has just made.
     *
     * @throws io.temporal.failure.ApplicationFailure ARTEFACT_DAMAGED: it holds pages whose checksum does not fit
     */
    @ActivityMethod(name = "InspectPhysicalBackup")
    PhysicalBackup inspect(ProtectOrder order);

    /**
     * Looks at every database of the step, also when one before it is damaged.
     *
     * @throws io.temporal.failure.ApplicationFailure ARTEFACT_DAMAGED: something does not fit; COMMAND_FAILED,
     *     DATABASE_UNREACHABLE
     */
    @ActivityMethod(name = "CheckStructure")
    void checkStructure(ProtectOrder order);
}
