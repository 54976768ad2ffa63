package dev.windlass.activities.protect;

import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.protect.ProtectRequest;
import java.util.Optional;

/** Tells who asks for a protection. */
@FunctionalInterface
public interface ProtectRequesters {
    /**
     * @param workflowId the run that is asked for: a signature starts no other
     * @return empty when the request carries no signature
     * @throws io.temporal.failure.ApplicationFailure when it carries one that does not fit
     */
    Optional<PersonName> person(ProtectRequest request, String workflowId);
}
