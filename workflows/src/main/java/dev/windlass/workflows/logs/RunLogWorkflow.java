package dev.windlass.workflows.logs;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** {@code windlass logs RUN}. Runs on the planning queue and changes nothing. */
@WorkflowInterface
public interface RunLogWorkflow {
    @WorkflowMethod(name = "RunLog")
    RunLog read(RunLogQuestion question);
}
