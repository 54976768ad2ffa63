package dev.windlass.workflows.kernel;

import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;

/** Waits until it is cancelled, or its holder was reset and wants it back. */
public final class LockWorkflowImpl implements LockWorkflow {
    private final List<String> handedOverTo = new ArrayList<>();

    @Override
    public void hold(LockRequest request) {
        Workflow.setCurrentDetails("`" + request.resource() + "` is held by `" + request.holder() + "`");
        Workflow.await(() -> handedOverTo.contains(request.holder()));
    }

    @Override
    public void handOver(String holder) {
        handedOverTo.add(holder);
    }
}
