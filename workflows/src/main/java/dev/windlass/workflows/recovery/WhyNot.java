package dev.windlass.workflows.recovery;

import dev.windlass.workflows.kernel.Failure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;

/** Why a part of a recovery that another can stand in for did not come about. */
final class WhyNot {
    private WhyNot() {}

    /**
     * One line, whatever has failed: on a bad day that may be nothing that anybody thought of.
     *
     * @throws TemporalFailure the same where it was cancelled, which is no reason for another way
     */
    static String words(TemporalFailure failed) {
        if (failed instanceof CanceledFailure || failed.getCause() instanceof CanceledFailure) {
            throw failed;
        }
        return Failure.in(failed)
                .map(Failure::fact)
                .orElseGet(() -> Failure.messageOf(failed).lines().findFirst().orElse("it gave no reason"));
    }
}
