package dev.windlass.runbooks.backup;

import static dev.windlass.workflows.kernel.FailureType.NOTIFICATION_REFUSED;
import static dev.windlass.workflows.kernel.FailureType.NOTIFICATION_UNAVAILABLE;

import dev.windlass.workflows.kernel.Failure;
import java.util.List;

/** As {@link PageFailures}, for what keeps people from hearing of a run. */
final class NoticePageFailures {
    private NoticePageFailures() {}

    static List<Failure> ofNotices() {
        return List.of(
                new Failure(
                        NOTIFICATION_REFUSED,
                        "{channel} refused the notice: {reason}",
                        "put {the bot token (xoxb-…)} there, on one line",
                        "backup.md#notification-refused"),
                new Failure(
                        NOTIFICATION_REFUSED,
                        "{mail server} refused the notice: {reason}",
                        "renew user and password of notifications.email in ops.yml",
                        "backup.md#notification-refused"),
                new Failure(
                        NOTIFICATION_UNAVAILABLE,
                        "{channel} did not take the notice: {reason}",
                        "look at its status and at this machine's network; the step tries again by itself",
                        "backup.md#notification-unavailable"));
    }
}
