package dev.windlass.testbed.slack;

import dev.windlass.testbed.control.Door;
import dev.windlass.testbed.control.PlainDouble;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The Web API methods that Windlass uses, with Slack's rules, and a page whose buttons really reach the app. */
public final class SlackDouble implements Door.Service {
    /**
     * @param joined channel ids the app is in
     * @param foreign channel ids that exist without the app
     * @param messageGap between two posts to one channel
     */
    public record Settings(
            Path data,
            int port,
            int controlPort,
            String token,
            Set<String> scopes,
            Set<String> joined,
            Set<String> foreign,
            Duration messageGap,
            Interactivity interactivity) {
        public Settings {
            scopes = Set.copyOf(scopes);
            joined = Set.copyOf(joined);
            foreign = Set.copyOf(foreign);
        }
    }

    private final List<SlackRule> rules;
    private final Rate rate;
    private final Messages messages;
    private final Ephemerals ephemerals = new Ephemerals(Clock.systemUTC());
    private final Views views = new Views(Clock.systemUTC());
    private final SocketMode socket;
    private final Page page;

    private SlackDouble(Settings settings, Messages messages, SocketMode socket) {
        this.messages = messages;
        this.socket = socket;
        Delivery delivery = new Delivery(settings.interactivity(), socket, Clock.systemUTC());
        page = new Page(
                settings.interactivity(),
                List.copyOf(settings.joined()),
                messages,
                ephemerals,
                views,
                new Interactions(settings.interactivity(), messages, views, delivery, Clock.systemUTC()));
        rate = new Rate(settings.messageGap(), Clock.systemUTC());
        rules = List.of(
                new TokenAndScope(settings.token(), settings.interactivity().appToken(), settings.scopes()),
                new DocumentedArguments(),
                new KnownChannel(settings.joined(), settings.foreign()),
                new MessageText(),
                new Blocks(),
                new Metadata());
    }

    public static PlainDouble start(Settings settings) throws IOException {
        var messages = new Messages(settings.data().resolve("messages.jsonl"), Clock.systemUTC());
        SocketMode socket = new SocketMode(settings.interactivity().socketPort());
        socket.begin();
        SlackDouble slack = new SlackDouble(settings, messages, socket);
        return PlainDouble.start(
                        settings.port(),
                        settings.controlPort(),
                        settings.data(),
                        slack,
                        Map.of(
                                "/messages",
                                messages::lines,
                                "/ephemerals",
                                slack.ephemerals::lines,
                                "/views",
                                slack.views::lines,
                                "/sockets",
                                socket::connections,
                                "/sockets/drop",
                                socket::drop,
                                "/sockets/refresh",
                                socket::askToReconnect))
                .alsoClosing(socket::close);
    }

    @Override
    public Door.Answer serve(Door.Incoming request) throws IOException {
        if (!request.uri().getPath().startsWith("/api/")) {
            return page.serve(request);
        }
        Optional<SlackCall> call = SlackCall.of(request);
        return (call.isPresent() ? answer(call.get()) : new SlackAnswer.Refused(SlackError.of("invalid_json"))).http();
    }

    private SlackAnswer answer(SlackCall call) throws IOException {
        for (SlackRule rule : rules) {
            Optional<SlackError> error = rule.judge(call);
            if (error.isPresent()) {
                return new SlackAnswer.Refused(error.get());
            }
        }
        Optional<Duration> wait = rate.take(call);
        if (wait.isPresent()) {
            return new SlackAnswer.Limited(wait.get());
        }
        return switch (call.method()) {
            case "auth.test" -> new SlackAnswer.Ok(identity());
            case "chat.postMessage" -> new SlackAnswer.Ok(written(messages.post(call)));
            case "chat.update" ->
                messages.update(call)
                        .<SlackAnswer>map(message -> new SlackAnswer.Ok(written(message)))
                        .orElse(new SlackAnswer.Refused(SlackError.of("message_not_found")));
            case "chat.postEphemeral" -> new SlackAnswer.Ok(ephemerals.post(call));
            case "views.open" -> views.open(call);
            case "apps.connections.open" -> new SlackAnswer.Ok(socket.issue());
            case "conversations.history" -> new History(messages).page(call);
            default -> new SlackAnswer.Refused(SlackError.of("unknown_method"));
        };
    }

    private static ObjectNode identity() {
        return SlackCall.JSON
                .createObjectNode()
                .put("url", "https://testbed.slack.com/")
                .put("team", "Testbed")
                .put("user", "windlass")
                .put("team_id", Interactivity.TEAM)
                .put("user_id", "U0TESTBED")
                .put("bot_id", "B0TESTBED")
                .put("is_enterprise_install", false);
    }

    private static ObjectNode written(ObjectNode message) {
        ObjectNode answer = SlackCall.JSON.createObjectNode();
        answer.set("channel", message.path("channel"));
        answer.set("ts", message.path("ts"));
        answer.set("text", message.path("text"));
        ObjectNode inner = message.deepCopy();
        inner.remove("channel");
        answer.set("message", inner);
        return answer;
    }

    @Override
    public Door.Answer ordered(int status) {
        return (status == 429 ? new SlackAnswer.Limited(Duration.ofSeconds(1)) : new SlackAnswer.Broken(status)).http();
    }

    @Override
    public Door.Answer expired() {
        return new SlackAnswer.Refused(SlackError.of("token_expired")).http();
    }
}
