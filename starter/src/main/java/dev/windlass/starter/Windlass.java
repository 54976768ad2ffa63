package dev.windlass.starter;

import dev.windlass.starter.door.Door;
import dev.windlass.starter.runs.TemporalConnection;
import dev.windlass.starter.terminal.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** {@code windlass}. */
public final class Windlass {
    private Windlass() {}

    public static void main(String[] arguments) {
        int exitCode = CommandTree.of(door(System.getenv()), arguments).execute(arguments);
        // The SDK's threads would hold the process for a while.
        System.exit(exitCode);
    }

    private static Door door(Map<String, String> environment) {
        Clock clock = Clock.systemUTC();
        return new Door(
                writer(FileDescriptor.out),
                writer(FileDescriptor.err),
                clock,
                Terminal.detect(environment),
                environment,
                Path.of(""),
                environment.getOrDefault("SUDO_USER", System.getProperty("user.name", "unknown")),
                (options, files) -> TemporalConnection.open(options.wish(), environment, files::temporal, clock),
                new RealPatience(),
                new CtrlC());
    }

    /** Names of databases and tables are UTF-8, whatever the locale. */
    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }
}
