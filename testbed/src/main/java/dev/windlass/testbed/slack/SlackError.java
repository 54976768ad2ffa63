package dev.windlass.testbed.slack;

import java.util.List;
import java.util.Map;

/** {@code {"ok":false,"error":…}}, https://docs.slack.dev/apis/web-api/ ; messages say what was wrong with the call. */
record SlackError(String error, Map<String, String> fields, List<String> messages) {
    SlackError {
        fields = Map.copyOf(fields);
        messages = List.copyOf(messages);
    }

    static SlackError of(String error) {
        return new SlackError(error, Map.of(), List.of());
    }

    static SlackError of(String error, String message) {
        return new SlackError(error, Map.of(), List.of("[ERROR] " + message));
    }
}
