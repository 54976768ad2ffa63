package dev.windlass.activities.notify;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can go wrong with any channel, in words. */
final class NotificationFailures {
    static final String REFUSED = "backup.md#notification-refused";
    static final String UNAVAILABLE = "backup.md#notification-unavailable";

    private NotificationFailures() {}

    /** @param who Slack, or which server */
    static ApplicationFailure refused(String who, String what, String hint, @Nullable Throwable cause) {
        return new Failure(FailureType.NOTIFICATION_REFUSED, who + " refused the notice: " + what, hint, REFUSED)
                .asException(cause);
    }

    static ApplicationFailure unavailable(String who, String what, @Nullable Throwable cause) {
        return unavailable(who, what, Optional.empty(), cause);
    }

    /** @param wait what the other side asked for */
    static ApplicationFailure unavailable(String who, String what, Optional<Duration> wait, @Nullable Throwable cause) {
        Failure failure = new Failure(
                FailureType.NOTIFICATION_UNAVAILABLE,
                who + " did not take the notice: " + what,
                "look at its status and at this machine's network; the step tries again by itself",
                UNAVAILABLE);
        return wait.map(time -> failure.asException(cause, time)).orElseGet(() -> failure.asException(cause));
    }
}
