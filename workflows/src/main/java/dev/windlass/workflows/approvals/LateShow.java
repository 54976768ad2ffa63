package dev.windlass.workflows.approvals;

import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;

/** Leaves the rewriting of a question to a run of its own, so that nobody waits for a board. */
final class LateShow {
    private LateShow() {}

    static void start(ShowOrder order) {
        Question question = order.view().question();
        LateShowWorkflow late = Workflow.newChildWorkflowStub(
                LateShowWorkflow.class,
                ChildWorkflowOptions.newBuilder()
                        .setWorkflowId(question.id().workflowId() + "/"
                                + order.view().state().name().toLowerCase(java.util.Locale.ROOT))
                        .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                        .setStaticSummary("rewrite " + question.id() + " where it is shown")
                        .build());
        Async.procedure(late::show, order);
        try {
            Workflow.getWorkflowExecution(late).get();
        } catch (TemporalFailure runsAlready) {
            Workflow.getLogger(LateShow.class).warn("{} is rewritten already", question.id());
        }
    }
}
