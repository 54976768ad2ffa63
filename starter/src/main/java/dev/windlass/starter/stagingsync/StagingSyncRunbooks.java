package dev.windlass.starter.stagingsync;

import dev.windlass.starter.runs.Runbook;
import dev.windlass.workflows.kernel.TaskQueues;
import dev.windlass.workflows.stagingsync.StagingSyncOutcome;
import dev.windlass.workflows.stagingsync.StagingSyncRequest;
import java.util.List;

/** The runs that give staging a masked copy. */
public final class StagingSyncRunbooks {
    public static final Runbook<StagingSyncRequest, StagingSyncOutcome> STAGING_SYNC = new Runbook<>(
            "staging-sync", "StagingSync", TaskQueues.RUNS, StagingSyncOutcome.class, new StagingSyncReport());

    /** What {@code PlanStagingSync} is called on the server. */
    static final String PLAN_QUESTION = "PlanStagingSync";

    public static final List<Runbook<?, ?>> ALL = List.of(STAGING_SYNC);

    private StagingSyncRunbooks() {}
}
