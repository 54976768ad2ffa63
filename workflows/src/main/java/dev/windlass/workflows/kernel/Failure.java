package dev.windlass.workflows.kernel;

import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, for a tired person.
 *
 * @param fact what is so, with its values; lower-case, no full stop
 * @param hint one sentence that tells what to do
 * @param anchor the place in a runbook page, such as {@code backup.md#disk-full}
 */
public record Failure(FailureType type, String fact, String hint, String anchor) {
    public String message() {
        return fact + "\nhint: " + hint + "\nsee: runbooks/" + anchor;
    }

    /** Throwable from activities and workflows alike. */
    public ApplicationFailure asException() {
        return asException(null);
    }

    public ApplicationFailure asException(@Nullable Throwable cause) {
        return builder(cause).build();
    }

    /** The same, tried again after the wait that the other side asked for. */
    public ApplicationFailure asException(@Nullable Throwable cause, Duration wait) {
        return builder(cause).setNextRetryDelay(wait).build();
    }

    private ApplicationFailure.Builder builder(@Nullable Throwable cause) {
        return ApplicationFailure.newBuilder()
                .setMessage(message())
                .setType(type.name())
                .setDetails(this)
                .setNonRetryable(!type.isRetryable())
                .setCause(cause);
    }

    /** The failure that an exception carries somewhere along its causes. */
    public static Optional<Failure> in(Throwable thrown) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (at instanceof ApplicationFailure failure && failure.getDetails().getSize() > 0) {
                try {
                    return Optional.ofNullable(failure.getDetails().get(Failure.class));
                } catch (RuntimeException notOurs) {
                    continue;
                }
            }
        }
        return Optional.empty();
    }

    /** The innermost message of a failure that is not ours, for the same reader. */
    public static String messageOf(Throwable thrown) {
        Throwable at = thrown;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        String message = at instanceof TemporalFailure temporal ? temporal.getOriginalMessage() : at.getMessage();
        return message == null ? at.getClass().getSimpleName() : message;
    }
}
