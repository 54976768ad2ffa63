package dev.windlass.testbed.slack;

import java.util.Optional;
import java.util.Set;

/**
 * channel_not_found, not_in_channel: https://docs.slack.dev/reference/methods/chat.postMessage . Channels are named by
 * id: names may be changed, and chat.update and conversations.history take ids only.
 */
final class KnownChannel implements SlackRule {
    private final Set<String> joined;
    private final Set<String> foreign;

    KnownChannel(Set<String> joined, Set<String> foreign) {
        this.joined = Set.copyOf(joined);
        this.foreign = Set.copyOf(foreign);
    }

    @Override
    public Optional<SlackError> judge(SlackCall call) {
        Optional<String> channel = call.argument("channel");
        if (channel.isEmpty() || joined.contains(channel.get())) {
            return Optional.empty();
        }
        return Optional.of(SlackError.of(foreign.contains(channel.get()) ? "not_in_channel" : "channel_not_found"));
    }
}
