package dev.windlass.worker.fault;

import dev.windlass.worker.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server in a process of its own, which comes back at the same address after a SIGKILL. */
final class Child implements AutoCloseable {
    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private final Callable<Boolean> isReady;
    private @Nullable Process process;

    Child(String name, List<String> command, Map<String, String> environment, Path log, Callable<Boolean> isReady) {
        this.name = name;
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.log = log;
        this.isReady = isReady;
    }

    void start() throws IOException {
        begin();
        awaitReady();
    }

    void begin() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                // Not every system user may enter the directory that the tests run in.
                .directory(new java.io.File("/"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        process = builder.start();
    }

    void awaitReady() {
        Eventually.holds(Duration.ofSeconds(120), name + " is ready", () -> {
            if (!running().isAlive()) {
                throw new AssertionError(name + " ended by itself: " + Files.readString(log));
            }
            return isReady.call();
        });
    }

    long pid() {
        return running().pid();
    }

    Optional<Long> pidIfStarted() {
        return Optional.ofNullable(process).map(Process::pid);
    }

    /** SIGKILL, and waits for the end. */
    void kill() {
        try {
            if (!running().destroyForcibly().waitFor(20, TimeUnit.SECONDS)) {
                throw new AssertionError(name + " survives SIGKILL");
            }
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** SIGTERM, as a supervisor does before an upgrade. */
    void stop() {
        try {
            running().destroy();
            if (!running().waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError(name + " does not end after SIGTERM");
            }
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return process;
    }
}
