package dev.windlass.activities.backup;

import dev.windlass.runbooks.config.UnknownNameException;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import java.util.function.Supplier;

/** Names that a person gave, looked up in ops.yml. */
final class Names {
    private Names() {}

    static <T> T known(Supplier<T> lookUp) {
        try {
            return lookUp.get();
        } catch (UnknownNameException unknown) {
            throw new Failure(
                            FailureType.CONFIGURATION,
                            String.valueOf(unknown.getMessage()),
                            "use one of these names, or add it to ops.yml and restart the worker.",
                            "backup.md#configuration")
                    .asException(unknown);
        }
    }
}
