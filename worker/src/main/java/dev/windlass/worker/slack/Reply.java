package dev.windlass.worker.slack;

import java.util.Optional;

/** What Slack is told. */
sealed interface Reply {
    /** @param body such as a response_action, in JSON */
    record Acknowledged(Optional<String> body) implements Reply {}

    /** The person sees Slack's own warning at the button. */
    record NotTaken(int status) implements Reply {}

    Reply ACKNOWLEDGED = new Acknowledged(Optional.empty());
}
