package dev.windlass.workflows.approvals;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Rewrites a question that is over, on boards that could not be reached at its end; for a day. */
@WorkflowInterface
public interface LateShowWorkflow {
    @WorkflowMethod(name = "ShowQuestionLate")
    void show(ShowOrder order);
}
