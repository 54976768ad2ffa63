package dev.windlass.activities.backup;

import dev.windlass.workflows.backup.BackupPlanningActivities;
import dev.windlass.workflows.backup.BackupRequest;
import dev.windlass.workflows.backup.Catalogue;
import dev.windlass.workflows.backup.PrunePlan;
import dev.windlass.workflows.backup.PruneRequest;
import dev.windlass.workflows.backup.RestoreFilesPlan;
import dev.windlass.workflows.backup.RestoreFilesRequest;
import dev.windlass.workflows.backup.RestorePlan;
import dev.windlass.workflows.backup.RestoreRequest;
import dev.windlass.workflows.backup.RestoreTestPlan;
import dev.windlass.workflows.backup.RestoreTestRequest;
import dev.windlass.workflows.kernel.Plan;
import java.util.List;

/** Plans one backup; there are no sets yet, so nothing to prune, test or restore. */
final class FixedPlanning implements BackupPlanningActivities {
    private final Plan plan;

    FixedPlanning(Plan plan) {
        this.plan = plan;
    }

    @Override
    public Plan planBackup(BackupRequest request) {
        return plan;
    }

    @Override
    public PrunePlan planPrune(PruneRequest request) {
        return new PrunePlan(plan, List.of(), List.of());
    }

    @Override
    public Catalogue listSets() {
        return new Catalogue(List.of());
    }

    @Override
    public RestoreTestPlan planRestoreTest(RestoreTestRequest request) {
        throw new AssertionError("no restore test is asked for");
    }

    @Override
    public RestorePlan planRestore(RestoreRequest request) {
        throw new AssertionError("no restore is asked for");
    }

    @Override
    public RestoreFilesPlan planRestoreFiles(RestoreFilesRequest request) {
        throw new AssertionError("no restore is asked for");
    }
}
