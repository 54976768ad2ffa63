package dev.windlass.workflows.deploy;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** {@code windlass releases APP ENV}: asks the worker, which alone sees the machine's disk. */
@WorkflowInterface
public interface DeployQueryWorkflow {
    @WorkflowMethod(name = "ListReleases")
    ReleaseList list(ReleaseListRequest request);
}
