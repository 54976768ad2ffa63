package dev.windlass.workflows.kernel;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * A lock is a running child workflow whose id is {@code lock/<resource>}: the server lets only one of that id run. It has
 * no lease; it ends when its holder cancels it, or with its holder (ParentClosePolicy TERMINATE).
 */
@WorkflowInterface
public interface LockWorkflow {
    @WorkflowMethod(name = "Lock")
    void hold(LockRequest request);

    /**
     * Ends the lock if this workflow id holds it. A run that was reset sends it: Temporal leaves the lock of the run before
     * it running, with nobody to give it back. Only one run of an id is ever running.
     */
    @SignalMethod(name = "HandOver")
    void handOver(String holder);
}
