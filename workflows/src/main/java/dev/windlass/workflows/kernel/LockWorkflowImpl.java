package dev.windlass.workflows.kernel;

import io.temporal.workflow.Workflow;

/** Waits until it is cancelled. */
public final class LockWorkflowImpl implements LockWorkflow {
    @Override
    public void hold(LockRequest request) {
        Workflow.setCurrentDetails("`" + request.resource() + "` is held by `" + request.holder() + "`");
        Workflow.await(() -> false);
    }
}
