package dev.windlass.workflows.recovery;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** {@code windlass recover vps}; on the queue {@link dev.windlass.workflows.kernel.TaskQueues#RECOVERY_LEAD}. */
@WorkflowInterface
public interface RecoverVpsWorkflow {
    @WorkflowMethod(name = "RecoverVps")
    RecoverVpsOutcome run(RecoverVpsRequest request);

    @QueryMethod(name = "progress")
    RecoverVpsProgress progress();
}
