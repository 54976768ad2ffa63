package dev.windlass.testbed.webhook;

import dev.windlass.testbed.Options;
import dev.windlass.testbed.control.Door;
import dev.windlass.testbed.control.PlainDouble;
import dev.windlass.testbed.control.Ready;
import dev.windlass.testbed.control.RequestLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code testbed webhook …}: takes every POST and keeps headers and body. */
public final class Webhook {
    public static final String HELP = """
            webhook: takes every POST; GET /messages on the control port lists them as JSON lines
              --data DIR          messages and request log; survives kill -9 (required)
              --port N, --control-port N, --ready-file FILE   as for r2; plain HTTP
            """;

    private Webhook() {}

    public static void run(List<String> arguments) throws IOException {
        Options options = Options.parse(arguments, Set.of("data", "port", "control-port", "ready-file"));
        PlainDouble started = start(options.required("data"), options.port("port"), options.port("control-port"));
        Ready.announce(Map.of("webhook", started.url(), "control", started.controlUrl()), options.path("ready-file"));
    }

    public static PlainDouble start(Path data, int port, int controlPort) throws IOException {
        var messages = new RequestLog(data.resolve("messages.jsonl"));
        return PlainDouble.start(port, controlPort, data, new Taking(messages), Map.of("/messages", messages::lines));
    }

    private record Taking(RequestLog messages) implements Door.Service {
        @Override
        public Door.Answer serve(Door.Incoming request) throws IOException {
            if (!request.method().equals("POST")) {
                return text(405, "only POST");
            }
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("time", Clock.systemUTC().instant().toString());
            message.put("path", request.uri().toString());
            message.put("headers", request.headers());
            message.put("body", new String(request.body(), StandardCharsets.UTF_8));
            messages.append(message);
            return text(200, "ok");
        }

        @Override
        public Door.Answer ordered(int status) {
            return text(status, "ordered fault");
        }

        @Override
        public Door.Answer expired() {
            return text(401, "expired");
        }

        private static Door.Answer text(int status, String text) {
            return new Door.Answer(status, Map.of("Content-Type", "text/plain"), text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
