package dev.windlass.testbed.slack;

import java.util.Optional;

/** One thing Slack refuses. */
interface SlackRule {
    Optional<SlackError> judge(SlackCall call);
}
