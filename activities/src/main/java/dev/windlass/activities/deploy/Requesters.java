package dev.windlass.activities.deploy;

import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.kernel.PersonName;
import java.util.Optional;

/** Tells who asks for a deploy. */
@FunctionalInterface
public interface Requesters {
    /**
     * @param workflowId the run that is asked for: a signature starts no other
     * @return empty when the request carries no signature
     * @throws io.temporal.failure.ApplicationFailure when it carries one that does not fit
     */
    Optional<PersonName> person(DeployRequest request, String workflowId);
}
