package dev.windlass.workflows.stagingsync;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Looks and decides; changes nothing. */
@ActivityInterface
public interface StagingSyncPlanningActivities {
    /**
     * @throws io.temporal.failure.ApplicationFailure CONFIGURATION (no such database, a classification that cannot be read),
     *     DATABASE_UNREACHABLE, DATABASE_GONE, SECRET_MISSING, PRECONDITION
     */
    @ActivityMethod(name = "ClassifyDatabase")
    ClassifyAnswer classify(ClassifyRequest request);

    /**
     * @throws io.temporal.failure.ApplicationFailure as {@link #classify}, and PRECONDITION for a classification that does not fit,
     *     two names of one database, a target that is owned by a superuser
     */
    @ActivityMethod(name = "PlanStagingSyncSteps")
    StagingSyncPlan plan(StagingSyncRequest request);
}
