package dev.windlass.workflows.dns;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** {@code windlass recover dns}. */
@WorkflowInterface
public interface RecoverDnsWorkflow {
    @WorkflowMethod(name = "RecoverDns")
    RecoverDnsOutcome run(RecoverDnsRequest request);
}
