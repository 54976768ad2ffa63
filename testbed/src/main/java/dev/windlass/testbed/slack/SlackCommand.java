package dev.windlass.testbed.slack;

import dev.windlass.testbed.Options;
import dev.windlass.testbed.control.PlainDouble;
import dev.windlass.testbed.control.Ready;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** {@code testbed slack …}. */
public final class SlackCommand {
    public static final String HELP = """
            slack: auth.test, chat.postMessage, chat.update and conversations.history with Slack's rules, plain HTTP
              --data DIR               messages and request log; survives kill -9 (required)
              --port N, --control-port N, --ready-file FILE   as for r2; clients use the printed address + /api/
              --channel ID             a channel the app is in (default C0TESTBED); may be repeated
              --foreign-channel ID     a channel the app is not in; may be repeated
              --scope NAME             default chat:write and channels:history; may be repeated
              --message-gap-millis N   between two posts to one channel (default 1000)
              The token comes from TESTBED_SLACK_TOKEN, default xoxb-testbed. GET /messages on the control port.
            """;
    private static final Set<String> OPTIONS = Set.of(
            "data", "port", "control-port", "ready-file", "channel", "foreign-channel", "scope", "message-gap-millis");

    private SlackCommand() {}

    public static void run(List<String> arguments) throws IOException {
        Options options = Options.parse(arguments, OPTIONS);
        PlainDouble slack = SlackDouble.start(new SlackDouble.Settings(
                options.required("data"),
                options.port("port"),
                options.port("control-port"),
                System.getenv().getOrDefault("TESTBED_SLACK_TOKEN", "xoxb-testbed"),
                given(options, "scope", "chat:write", "channels:history"),
                given(options, "channel", "C0TESTBED"),
                given(options, "foreign-channel"),
                Duration.ofMillis(options.number("message-gap-millis", 1000))));
        Ready.announce(Map.of("slack", slack.url(), "control", slack.controlUrl()), options.path("ready-file"));
    }

    private static Set<String> given(Options options, String name, String... otherwise) {
        List<String> all = options.all(name);
        return new TreeSet<>(all.isEmpty() ? List.of(otherwise) : all);
    }
}
