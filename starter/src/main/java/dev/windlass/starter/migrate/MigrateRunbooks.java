package dev.windlass.starter.migrate;

import dev.windlass.starter.runs.Runbook;
import dev.windlass.workflows.kernel.TaskQueues;
import dev.windlass.workflows.migrate.MigrateOutcome;
import dev.windlass.workflows.migrate.MigrateRequest;
import dev.windlass.workflows.migrate.PlannedMigrations;
import java.util.List;

/** The runs of the migrate runbook. Its plan is a run too: the rehearsal in it takes as long as a restore. */
public final class MigrateRunbooks {
    public static final Runbook<MigrateRequest, MigrateOutcome> MIGRATE =
            new Runbook<>("migrate", "Migrate", TaskQueues.RUNS, MigrateOutcome.class, new MigrateReport());

    public static final Runbook<MigrateRequest, PlannedMigrations> PLAN = new Runbook<>(
            "plan-migrate", "PlanOfMigrate", TaskQueues.RUNS, PlannedMigrations.class, new MigratePlanReport());

    public static final List<Runbook<?, ?>> ALL = List.of(MIGRATE, PLAN);

    private MigrateRunbooks() {}
}
