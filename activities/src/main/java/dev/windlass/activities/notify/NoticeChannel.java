package dev.windlass.activities.notify;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.workflows.notify.Notice;
import dev.windlass.workflows.notify.PostReceipt;

/** One way to reach people. */
interface NoticeChannel {
    /**
     * Safe to call again with the same notice.
     *
     * @throws io.temporal.failure.ApplicationFailure NOTIFICATION_REFUSED, NOTIFICATION_UNAVAILABLE
     */
    PostReceipt post(Notice notice, StepContext step);
}
