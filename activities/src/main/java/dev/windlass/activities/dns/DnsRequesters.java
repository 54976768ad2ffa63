package dev.windlass.activities.dns;

import dev.windlass.workflows.dns.RecoverDnsRequest;
import dev.windlass.workflows.kernel.PersonName;
import java.util.Optional;

/** Tells who asks. */
@FunctionalInterface
public interface DnsRequesters {
    /**
     * @param workflowId the run that is asked for: a signature starts no other
     * @return empty when the request carries no signature
     * @throws io.temporal.failure.ApplicationFailure when it carries one that does not fit
     */
    Optional<PersonName> person(RecoverDnsRequest request, String workflowId);
}
