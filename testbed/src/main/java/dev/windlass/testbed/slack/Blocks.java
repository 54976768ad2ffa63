package dev.windlass.testbed.slack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** At most 50 blocks in a message, https://docs.slack.dev/reference/block-kit/blocks/ ; each as {@link BlockShape} says. */
final class Blocks implements SlackRule {
    private static final int MOST = 50;

    @Override
    public Optional<SlackError> judge(SlackCall call) {
        Optional<JsonNode> blocks = call.json("blocks");
        if (blocks.isEmpty()) {
            return Optional.empty();
        }
        if (!blocks.get().isArray()) {
            return Optional.of(SlackError.of("invalid_blocks_format"));
        }
        List<String> problems = new ArrayList<>();
        if (blocks.get().size() > MOST) {
            problems.add("no more than " + MOST + " items allowed [json-pointer:/blocks]");
        }
        for (int i = 0; i < blocks.get().size(); i++) {
            new BlockShape("/blocks/" + i, problems).check(blocks.get().get(i));
        }
        if (problems.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SlackError(
                "invalid_blocks",
                java.util.Map.of(),
                problems.stream().map(p -> "[ERROR] " + p).toList()));
    }
}
