package dev.windlass.workflows.approvals;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Asks people one question and waits for its end; a child of the run that asks, found by {@link ApprovalId#workflowId}. */
@WorkflowInterface
public interface QuestionWorkflow {
    @WorkflowMethod(name = "Question")
    Closing ask(Question question);

    /** The only door for an answer, whatever the channel. */
    @UpdateMethod(name = "decide")
    Answer decide(Decision decision);

    @UpdateValidatorMethod(updateName = "decide")
    void requireSensible(Decision decision);

    @QueryMethod(name = "view")
    QuestionView view();
}
