package dev.windlass.testbed.smtp;

import dev.windlass.testbed.Options;
import dev.windlass.testbed.control.Ready;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code testbed smtp …}. */
public final class SmtpCommand {
    public static final String HELP = """
            smtp: takes mail without authentication or TLS; GET /messages on the control port lists it as JSON lines
              --data DIR          messages; survives kill -9 (required)
              --port N, --control-port N, --ready-file FILE   as for r2
            """;

    private SmtpCommand() {}

    public static void run(List<String> arguments) throws IOException {
        Options options = Options.parse(arguments, Set.of("data", "port", "control-port", "ready-file"));
        SmtpSink sink = SmtpSink.start(options.required("data"), options.port("port"), options.port("control-port"));
        Ready.announce(
                Map.of("smtp", "127.0.0.1:" + sink.port(), "control", sink.controlUrl()), options.path("ready-file"));
    }
}
