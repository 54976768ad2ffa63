package dev.windlass.workflows.recovery;

import dev.windlass.workflows.kernel.Plan;
import java.util.Optional;

public final class DrillDatabasePlanWorkflowImpl implements DrillDatabasePlanWorkflow {
    @Override
    public Plan plan(DrillRequest request) {
        return DrillStubs.planning("plan, and change nothing")
                .planDrill(new DrillPlanOrder(request, Optional.empty()))
                .plan();
    }
}
