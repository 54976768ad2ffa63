package dev.windlass.testbed.slack;

import dev.windlass.testbed.Options;
import dev.windlass.testbed.control.PlainDouble;
import dev.windlass.testbed.control.Ready;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** {@code testbed slack …}. */
public final class SlackCommand {
    public static final String HELP = """
            slack: the Web API methods that Windlass uses, with Slack's rules, plain HTTP; a page with working buttons at /
              --data DIR               messages and request log; survives kill -9 (required)
              --port N, --control-port N, --ready-file FILE   as for r2; clients use the printed address + /api/
              --channel ID             a channel the app is in (default C0TESTBED); may be repeated
              --foreign-channel ID     a channel the app is not in; may be repeated
              --scope NAME             default chat:write and channels:history; may be repeated
              --message-gap-millis N   between two posts to one channel (default 1000)
              --user ID=NAME           somebody who can click (default Ana, Ben and Eve); may be repeated
              --request-url URL        where clicks are posted to, signed; without it they go through Socket Mode
              --socket-port N          of the Socket Mode end (default: any free one)
              The bot token comes from TESTBED_SLACK_TOKEN (default xoxb-testbed), the app token from
              TESTBED_SLACK_APP_TOKEN (xapp-testbed), the signing secret from TESTBED_SLACK_SIGNING_SECRET
              (testbed-signing-secret). The team is T0TESTBED, the app A0TESTBED.
              GET /messages, /ephemerals, /views, /sockets on the control port; GET /sockets/drop breaks the connections,
              GET /sockets/refresh asks for new ones.
            """;
    private static final Set<String> OPTIONS = Set.of(
            "data",
            "port",
            "control-port",
            "ready-file",
            "channel",
            "foreign-channel",
            "scope",
            "message-gap-millis",
            "user",
            "request-url",
            "socket-port");

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
                Duration.ofMillis(options.number("message-gap-millis", 1000)),
                interactivity(options)));
        Ready.announce(Map.of("slack", slack.url(), "control", slack.controlUrl()), options.path("ready-file"));
    }

    private static Interactivity interactivity(Options options) {
        Map<String, String> users = new LinkedHashMap<>();
        for (String user : options.all("user")) {
            String[] parts = user.split("=", 2);
            users.put(parts[0], parts[parts.length - 1]);
        }
        Interactivity otherwise = Interactivity.none();
        return new Interactivity(
                users.isEmpty() ? otherwise.users() : users,
                System.getenv().getOrDefault("TESTBED_SLACK_SIGNING_SECRET", otherwise.signingSecret()),
                System.getenv().getOrDefault("TESTBED_SLACK_APP_TOKEN", otherwise.appToken()),
                options.one("request-url").map(URI::create),
                options.port("socket-port"));
    }

    private static Set<String> given(Options options, String name, String... otherwise) {
        List<String> all = options.all(name);
        return new TreeSet<>(all.isEmpty() ? List.of(otherwise) : all);
    }
}
