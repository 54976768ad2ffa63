package dev.windlass.workflows.dns;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Looks and decides; changes nothing. */
@ActivityInterface
public interface DnsPlanningActivities {
    /**
     * @throws io.temporal.failure.ApplicationFailure CONFIGURATION, NOT_FOUND (zone, record, run), PRECONDITION (what stands
     *     in the way, an address that does not answer well), SECRET_MISSING, DNS_REFUSED, DNS_UNAVAILABLE
     */
    @ActivityMethod(name = "PlanRecoverDnsSteps")
    RecoverDnsPlan planDns(RecoverDnsRequest request);
}
