package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.Plan;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Looks and decides; changes nothing. */
@ActivityInterface
public interface BackupPlanningActivities {
    @ActivityMethod(name = "PlanBackup")
    Plan planBackup(BackupRequest request);

    @ActivityMethod(name = "PlanRestoreTest")
    RestoreTestPlan planRestoreTest(RestoreTestRequest request);

    @ActivityMethod(name = "PlanRestore")
    RestorePlan planRestore(RestoreRequest request);

    @ActivityMethod(name = "PlanRestoreFiles")
    RestoreFilesPlan planRestoreFiles(RestoreFilesRequest request);

    @ActivityMethod(name = "PlanPrune")
    PrunePlan planPrune(PruneRequest request);

    @ActivityMethod(name = "ListSets")
    Catalogue listSets();
}
