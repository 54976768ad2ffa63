package dev.windlass.workflows.dns;

import dev.windlass.workflows.kernel.Plan;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** {@code windlass plan recover dns}. Runs on the planning queue and changes nothing. */
@WorkflowInterface
public interface RecoverDnsPlanWorkflow {
    @WorkflowMethod(name = "PlanRecoverDns")
    Plan plan(RecoverDnsRequest request);
}
