package dev.windlass.workflows.migrate;

import java.util.Optional;

public final class MigratePlanWorkflowImpl implements MigratePlanWorkflow {
    @Override
    public PlannedMigrations plan(MigrateRequest request) {
        MigrateObservation seen = Rehearsing.observe(request);
        Optional<MigratePlan> plan = seen.rehearse()
                .map(step -> Rehearsing.rehearse(request, seen))
                .map(rehearsal -> Rehearsing.plan(request, seen, rehearsal, "plan the migration"));
        return new PlannedMigrations(seen.state().applied(), plan);
    }
}
