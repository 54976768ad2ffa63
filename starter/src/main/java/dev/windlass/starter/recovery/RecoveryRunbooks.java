package dev.windlass.starter.recovery;

import dev.windlass.starter.runs.Runbook;
import dev.windlass.workflows.kernel.TaskQueues;
import dev.windlass.workflows.recovery.DrillOutcome;
import dev.windlass.workflows.recovery.DrillRequest;
import dev.windlass.workflows.recovery.RecoverDatabaseOutcome;
import dev.windlass.workflows.recovery.RecoverDatabaseRequest;
import java.util.List;

/** The runs of the recovery runbooks. */
public final class RecoveryRunbooks {
    public static final Runbook<RecoverDatabaseRequest, RecoverDatabaseOutcome> RECOVER_DATABASE = new Runbook<>(
            "recover-database",
            "RecoverDatabase",
            TaskQueues.RUNS,
            RecoverDatabaseOutcome.class,
            new RecoverDatabaseReport());

    public static final Runbook<DrillRequest, DrillOutcome> DRILL_DATABASE =
            new Runbook<>("drill-database", "DrillDatabase", TaskQueues.RUNS, DrillOutcome.class, DrillReport::of);

    /** What {@code PlanDrillDatabase} is called on the server. */
    static final String DRILL_PLAN_QUESTION = "PlanDrillDatabase";

    /** What {@code PlanRecoverDatabase} is called on the server. */
    static final String PLAN_QUESTION = "PlanRecoverDatabase";

    public static final List<Runbook<?, ?>> ALL = List.of(RECOVER_DATABASE, DRILL_DATABASE);

    private RecoveryRunbooks() {}
}
