package dev.windlass.workflows.notify;

import dev.windlass.workflows.kernel.Failure;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Tells every channel that ops.yml names. A channel that cannot be reached never fails the run it speaks of. */
public final class Announcer {
    private Announcer() {}

    /** @return the channels that could not be reached, with the reason */
    public static List<String> announce(Notice notice) {
        NotifyActivities notify = stub("tell: " + notice.headline());
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
        return Failure.in(failed).map(Failure::fact).orElseGet(() -> Failure.messageOf(failed));
    }

    /** An hour of outage of a chat service is waited out; after that the run ends and says who was not told. */
    private static NotifyActivities stub(String summary) {
        return Workflow.newActivityStub(
                NotifyActivities.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofMinutes(2))
                        .setScheduleToCloseTimeout(Duration.ofHours(1))
                        .setRetryOptions(RetryOptions.newBuilder()
                                .setInitialInterval(Duration.ofSeconds(2))
                                .setMaximumInterval(Duration.ofMinutes(2))
                                .setMaximumAttempts(40)
                                .build())
                        .setSummary(summary.length() > 100 ? summary.substring(0, 100) : summary)
                        .build());
    }
}
