package dev.windlass.activities.migrate;

import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.migrate.MigrateRequest;
import java.util.Optional;

/** Tells who asks for a migration. */
@FunctionalInterface
public interface Requesters {
    /**
     * @param workflowId the run that is asked for: a signature starts no other
     * @return empty when the request carries no signature
     * @throws io.temporal.failure.ApplicationFailure when it carries one that does not fit
     */
    Optional<PersonName> person(MigrateRequest request, String workflowId);
}
