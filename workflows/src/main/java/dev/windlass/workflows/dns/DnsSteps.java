package dev.windlass.workflows.dns;

import dev.windlass.workflows.kernel.StepId;

/** Names of the steps: plans are built with them and workflows walk by them. */
public final class DnsSteps {
    public static final StepId RECORD = StepId.of("record");
    public static final StepId LOWER_TTL = StepId.of("lower-ttl");
    public static final StepId TRY = StepId.of("try");
    public static final StepId SWITCH = StepId.of("switch");
    public static final StepId VERIFY = StepId.of("verify");
    public static final StepId NOTIFY = StepId.of("notify");

    private DnsSteps() {}
}
