package dev.windlass.workflows.notify;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Summaries;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Tells every channel that ops.yml names. A channel that cannot be reached never fails the run it speaks of. */
public final class Announcer {
    /** An hour of outage of a chat service is waited out; after that the run ends and says who was not told. */
    private static final int FOR_AN_HOUR = 40;
    /** Half a minute of pauses. Attempts and not a time: a worker that is killed while it tells costs one of them only. */
    private static final int WHILE_SOMEBODY_WAITS = 5;

    private Announcer() {}

    /** @return the channels that could not be reached, with the reason */
    public static List<String> announce(Notice notice) {
        return announce(notice, FOR_AN_HOUR, Duration.ofMinutes(2));
    }

    /** Where a person waits for the end of the run, or the run holds what the next one needs. */
    public static List<String> announceBriefly(Notice notice) {
        // A worker that dies while it tells is noticed after this long.
        return announce(notice, WHILE_SOMEBODY_WAITS, Duration.ofMinutes(1));
    }

    private static List<String> announce(Notice notice, int attempts, Duration attempt) {
        NotifyActivities notify = stub("tell: " + notice.headline(), attempts, attempt);
        List<ChannelName> channels;
        try {
            channels = notify.channels();
        } catch (ActivityFailure failed) {
            return List.of("every channel: " + reason(failed));
        }
        List<String> undelivered = new ArrayList<>();
        for (ChannelName channel : channels) {
            try {
                notify.post(new NoticeOrder(channel, notice));
            } catch (ActivityFailure failed) {
                undelivered.add(channel + ": " + reason(failed));
            }
        }
        return undelivered;
    }

    private static String reason(ActivityFailure failed) {
        return Failure.in(failed)
                .map(failure -> failure.fact() + "; hint: " + failure.hint())
                .orElseGet(() -> Failure.messageOf(failed));
    }

    private static NotifyActivities stub(String summary, int attempts, Duration attempt) {
        return Workflow.newActivityStub(
                NotifyActivities.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(attempt)
                        .setScheduleToCloseTimeout(Duration.ofHours(1))
                        .setRetryOptions(RetryOptions.newBuilder()
                                .setInitialInterval(Duration.ofSeconds(2))
                                .setMaximumInterval(Duration.ofMinutes(2))
                                .setMaximumAttempts(attempts)
                                .build())
                        .setSummary(Summaries.of(summary))
                        .build());
    }
}
