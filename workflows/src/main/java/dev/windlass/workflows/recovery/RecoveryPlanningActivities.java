package dev.windlass.workflows.recovery;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Looks and decides; changes nothing. */
@ActivityInterface
public interface RecoveryPlanningActivities {
    /**
     * @throws io.temporal.failure.ApplicationFailure NOT_FOUND (no such set, no such table), CONFIGURATION, SECRET_MISSING,
     *     PRECONDITION (a table without a key, what the role lacks), ALREADY_EXISTS (a name that the run would take),
     *     DATABASE_UNREACHABLE
     */
    @ActivityMethod(name = "ObserveRecovery")
    RecoveryObservation observe(RecoverDatabaseRequest request);

    @ActivityMethod(name = "PlanRecovery")
    RecoverDatabasePlan plan(RecoverDatabasePlanOrder order);
}
