package dev.windlass.workflows.migrate;

import java.util.Optional;

public final class MigratePlanWorkflowImpl implements MigratePlanWorkflow {
    @Override
    public Optional<MigratePlan> plan(MigrateRequest request) {
        MigrateObservation seen = Rehearsing.observe(request);
        return seen.rehearse().isEmpty()
                ? Optional.empty()
                : Optional.of(Rehearsing.plan(request, seen, Rehearsing.rehearse(request, seen), "plan the migration"));
    }
}
