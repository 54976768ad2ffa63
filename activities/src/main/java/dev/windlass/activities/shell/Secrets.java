package dev.windlass.activities.shell;

import dev.windlass.workflows.kernel.SecretReference;

/** Resolves references at the moment of use. */
@FunctionalInterface
public interface Secrets {
    /** @throws io.temporal.failure.ApplicationFailure SECRET_MISSING, or a file that others can read */
    String resolve(SecretReference reference);
}
