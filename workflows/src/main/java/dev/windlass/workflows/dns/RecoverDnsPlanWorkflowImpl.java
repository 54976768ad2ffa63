package dev.windlass.workflows.dns;

import dev.windlass.workflows.kernel.Plan;

public final class RecoverDnsPlanWorkflowImpl implements RecoverDnsPlanWorkflow {
    @Override
    public Plan plan(RecoverDnsRequest request) {
        return DnsStubs.planning("plan, and change nothing").planDns(request).plan();
    }
}
