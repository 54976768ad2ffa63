package dev.windlass.starter.dns;

import dev.windlass.starter.runs.Runbook;
import dev.windlass.workflows.dns.RecoverDnsOutcome;
import dev.windlass.workflows.dns.RecoverDnsRequest;
import dev.windlass.workflows.kernel.TaskQueues;
import java.util.List;

/** The runs that lead names elsewhere. */
public final class DnsRunbooks {
    public static final Runbook<RecoverDnsRequest, RecoverDnsOutcome> RECOVER_DNS = new Runbook<>(
            "recover-dns", "RecoverDns", TaskQueues.RUNS, RecoverDnsOutcome.class, new RecoverDnsReport());

    /** What {@code PlanRecoverDns} is called on the server. */
    static final String PLAN_QUESTION = "PlanRecoverDns";

    public static final List<Runbook<?, ?>> ALL = List.of(RECOVER_DNS);

    private DnsRunbooks() {}
}
