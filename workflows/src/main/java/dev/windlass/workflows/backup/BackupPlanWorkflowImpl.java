package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.Plan;

public final class BackupPlanWorkflowImpl implements BackupPlanWorkflow {
    @Override
    public Plan plan(PlanQuestion question) {
        BackupPlanningActivities planning = BackupStubs.planning("plan, and change nothing");
        return switch (question) {
            case PlanQuestion.OfBackup q -> planning.planBackup(q.request());
            case PlanQuestion.OfRestoreTest q ->
                planning.planRestoreTest(q.request()).plan();
            case PlanQuestion.OfRestore q -> planning.planRestore(q.request()).plan();
            case PlanQuestion.OfRestoreFiles q ->
                planning.planRestoreFiles(q.request()).plan();
            case PlanQuestion.OfPrune q -> planning.planPrune(q.request()).plan();
        };
    }
}
