package dev.windlass.workflows.approvals;

/** One command, tried for a day. */
public final class LateShowWorkflowImpl implements LateShowWorkflow {
    @Override
    public void show(ShowOrder order) {
        QuestionStubs.boardForADay("rewrite " + order.view().question().id()).show(order);
    }
}
