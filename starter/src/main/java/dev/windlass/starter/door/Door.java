package dev.windlass.starter.door;

import dev.windlass.starter.runs.Runs;
import dev.windlass.starter.terminal.Terminal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Everything outside a command.
 *
 * @param out answers, which a script may read
 * @param err progress, warnings and errors
 * @param directory relative file names start here
 * @param person who asks
 */
public record Door(
        PrintWriter out,
        PrintWriter err,
        Clock clock,
        Terminal terminal,
        Map<String, String> environment,
        Path directory,
        String person,
        Connector connector,
        Patience patience,
        Interruption interruption) {
    /** Opens the way to a server. */
    public interface Connector {
        Runs connect(ConnectionOptions options, OpsFiles files);
    }

    /** Waits, but not longer than that. */
    public interface Patience {
        /** The future's outcome as soon as it has one; empty when the time is over first. */
        <T> Optional<CompletableFuture<T>> await(CompletableFuture<T> future, Duration longest)
                throws InterruptedException;
    }

    /** Ctrl-C. */
    public interface Interruption {
        /** Until the registration is closed, an interruption first does that. */
        Registration onInterrupt(Runnable saying);

        /** Ends the readiness. */
        interface Registration extends AutoCloseable {
            @Override
            void close();
        }
    }

    public void warn(String fact, String hint) {
        err.println("warning: " + fact);
        err.println("hint: " + hint);
        err.flush();
    }
}
