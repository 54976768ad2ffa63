package dev.windlass.workflows.protect;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Looks for damage inside tables and indexes, where no page checksum shows it. Changes nothing. */
@WorkflowInterface
public interface StructureCheckWorkflow {
    /** Fails with ARTEFACT_DAMAGED, and tells people, when something does not fit. */
    @WorkflowMethod(name = "StructureCheck")
    StructureCheckOutcome run(StructureCheckRequest request);
}
