package dev.windlass.workflows.deploy;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** {@code windlass deploy APP ENV VERSION}; a rollback is the same run with the version from before. */
@WorkflowInterface
public interface DeployWorkflow {
    @WorkflowMethod(name = "Deploy")
    DeployOutcome run(DeployRequest request);
}
