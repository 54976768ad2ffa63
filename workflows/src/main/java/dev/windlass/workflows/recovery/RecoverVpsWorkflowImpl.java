package dev.windlass.workflows.recovery;

import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;

/** The recovery of a machine, in the order of its page. */
public final class RecoverVpsWorkflowImpl implements RecoverVpsWorkflow {
    private final RecoverVpsRun run;

    @WorkflowInit
    public RecoverVpsWorkflowImpl(RecoverVpsRequest request) {
        this.run = new RecoverVpsRun(request);
    }

    @Override
    public RecoverVpsOutcome run(RecoverVpsRequest request) {
        run.chooseSet();
        Claim claim = run.claim();
        try {
            run.reach();
            run.bringKit();
            run.onTarget(claim);
        } finally {
            Workflow.newDetachedCancellationScope(() -> run.giveBack(claim)).run();
        }
        return run.outcome();
    }

    @Override
    public RecoverVpsProgress progress() {
        return run.progress();
    }
}
