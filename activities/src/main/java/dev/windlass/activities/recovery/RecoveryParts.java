package dev.windlass.activities.recovery;

import dev.windlass.activities.backup.BackupParts;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.UnknownNameException;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.recovery.RecoverDatabaseRequest;
import java.util.Optional;

/** Everything the recovery activities work with. */
public record RecoveryParts(BackupParts backup, Requesters requesters) {
    /** Tells who asks for a recovery. */
    @FunctionalInterface
    public interface Requesters {
        /**
         * @param workflowId the run that is asked for: a signature starts no other
         * @return empty when the request carries no signature
         * @throws io.temporal.failure.ApplicationFailure when it carries one that does not fit
         */
        Optional<PersonName> person(RecoverDatabaseRequest request, String workflowId);
    }

    Operations operations() {
        return backup.operations();
    }

    StepContext context(StepId step) {
        return backup.context(step);
    }

    /** @throws io.temporal.failure.ApplicationFailure NOT_FOUND */
    Database database(DatabaseName name) {
        try {
            return operations().database(name);
        } catch (UnknownNameException unknown) {
            throw RecoveryFailures.unknownName(unknown);
        }
    }
}
