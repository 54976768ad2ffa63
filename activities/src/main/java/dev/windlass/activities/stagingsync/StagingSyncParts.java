package dev.windlass.activities.stagingsync;

import dev.windlass.activities.backup.PostgresConnections;
import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepContexts;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.UnknownNameException;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.StepId;
import io.temporal.activity.Activity;

/** Everything these activities work with. */
public record StagingSyncParts(Operations operations, PostgresConnections connections, EffectJournal journal) {
    StepContext context(StepId step) {
        return StepContexts.of(Activity.getExecutionContext(), step, journal);
    }

    /** @throws io.temporal.failure.ApplicationFailure CONFIGURATION */
    Database database(DatabaseName name) {
        try {
            return operations.database(name);
        } catch (UnknownNameException unknown) {
            throw new Failure(
                            FailureType.CONFIGURATION,
                            String.valueOf(unknown.getMessage()),
                            "use one of these names, or add it to ops.yml and restart the worker.",
                            "staging-sync.md#configuration")
                    .asException(unknown);
        }
    }
}
