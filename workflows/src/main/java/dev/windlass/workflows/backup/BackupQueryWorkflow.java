package dev.windlass.workflows.backup;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** {@code windlass backup list} and {@code show}: asks the worker, which alone sees the machine's disk and the bucket. */
@WorkflowInterface
public interface BackupQueryWorkflow {
    @WorkflowMethod(name = "ListBackups")
    Catalogue list();
}
