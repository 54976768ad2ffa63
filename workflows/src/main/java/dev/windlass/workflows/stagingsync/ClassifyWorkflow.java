package dev.windlass.workflows.stagingsync;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** {@code windlass classify}. Runs on the planning queue and changes nothing. */
@WorkflowInterface
public interface ClassifyWorkflow {
    @WorkflowMethod(name = "Classify")
    ClassifyAnswer classify(ClassifyRequest request);
}
