package dev.windlass.starter;

import dev.windlass.starter.door.Door;
import dev.windlass.starter.runs.Runs;
import dev.windlass.starter.terminal.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;

/** Types a command and keeps what it printed. Waiting takes no time: the clock is moved instead. */
final class Typed {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final MovedClock clock = new MovedClock();
    private final Door door;
    private Runnable onInterrupt = () -> {};
    Runnable atEachPause = () -> {};
    Door.Patience patience = new MovingPatience();

    Typed(Runs runs) {
        this(runs, Path.of(""), Map.of());
    }

    Typed(Runs runs, Path directory, Map<String, String> environment) {
        door = new Door(
                new PrintWriter(out),
                new PrintWriter(err),
                clock,
                Terminal.LOG,
                environment,
                directory,
                "ana",
                (options, files) -> runs,
                new SwitchedPatience(),
                saying -> {
                    onInterrupt = saying;
                    return () -> onInterrupt = () -> {};
                });
    }

    int type(String... arguments) {
        return CommandTree.of(door, arguments).execute(arguments);
    }

    CommandLine tree() {
        return CommandTree.of(door);
    }

    void pressCtrlC() {
        onInterrupt.run();
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    /** Does that once all the words are in what was printed. */
    void whenPrinted(String first, String second, Runnable then) {
        atEachPause = () -> {
            if (err().contains(first) && err().contains(second)) {
                then.run();
            }
        };
    }

    private final class SwitchedPatience implements Door.Patience {
        @Override
        public <T> Optional<CompletableFuture<T>> await(CompletableFuture<T> future, Duration longest)
                throws InterruptedException {
            Optional<CompletableFuture<T>> done = patience.await(future, longest);
            if (!(patience instanceof MovingPatience)) {
                atEachPause.run();
            }
            return done;
        }
    }

    private final class MovingPatience implements Door.Patience {
        @Override
        public <T> Optional<CompletableFuture<T>> await(CompletableFuture<T> future, Duration longest) {
            if (!future.isDone()) {
                clock.now = clock.now.plus(longest);
                atEachPause.run();
            }
            return future.isDone() ? Optional.of(future) : Optional.empty();
        }
    }

    private static final class MovedClock extends Clock {
        private Instant now = Sample.NOW;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("always UTC");
        }
    }
}
