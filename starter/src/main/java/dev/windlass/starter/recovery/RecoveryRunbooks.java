package dev.windlass.starter.recovery;

import dev.windlass.starter.runs.Runbook;
import dev.windlass.workflows.kernel.TaskQueues;
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

    /** What {@code PlanRecoverDatabase} is called on the server. */
    static final String PLAN_QUESTION = "PlanRecoverDatabase";

    public static final List<Runbook<?, ?>> ALL = List.of(RECOVER_DATABASE);

    private RecoveryRunbooks() {}
}
