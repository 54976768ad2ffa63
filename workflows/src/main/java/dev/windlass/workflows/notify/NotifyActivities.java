package dev.windlass.workflows.notify;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

@ActivityInterface
public interface NotifyActivities {
    /** The channels that ops.yml names, so that each is tried and retried on its own. */
    @ActivityMethod(name = "ListChannels")
    List<ChannelName> channels();

    /** Tells one channel; asks it first whether this notice is already there where the channel can be asked. */
    @ActivityMethod(name = "PostNotice")
    PostReceipt post(NoticeOrder order);
}
