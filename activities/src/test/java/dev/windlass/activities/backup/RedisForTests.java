package dev.windlass.activities.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A Redis server of a test's own, on a socket in a directory of its own, with a password. */
public final class RedisForTests implements AutoCloseable {
    public static final String SOCKET = "queues/redis.sock";
    public static final String PASSWORD = "a password of Redis";

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Path socket;
    private final Process server;

    private RedisForTests(Path socket, Process server) {
        this.socket = socket;
        this.server = server;
    }

    public static RedisForTests start(Path directory) {
        return at(directory.resolve(SOCKET), "dump.rdb");
    }

    /** @param snapshot what it begins with, beside the socket */
    public static RedisForTests at(Path socket, String snapshot) {
        try {
            Path own = Files.createDirectories(socket.resolveSibling(""));
            Process server = new ProcessBuilder("redis-server", "-")
                    .directory(own.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(own.resolve("server.log").toFile())
                    .start();
            try (OutputStream settings = server.getOutputStream()) {
                settings.write("""
                        port 0
                        unixsocket %s
                        requirepass "%s"
                        save ""
                        dbfilename "%s"
                        # A snapshot begins at once instead of waiting for more replicas.
                        repl-diskless-sync-delay 0
                        """.formatted(socket, PASSWORD, snapshot).getBytes(StandardCharsets.UTF_8));
            }
            RedisForTests started = new RedisForTests(socket, server);
            long deadline = System.nanoTime() + LIMIT.toNanos();
            while (!Files.exists(socket) || !started.call("PING").equals("PONG")) {
                if (!server.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException("no Redis: " + Files.readString(own.resolve("server.log")));
                }
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            return started;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** What redis-cli prints for one command. */
    public String call(String... words) {
        List<String> argv = new ArrayList<>(List.of("redis-cli", "-s", socket.toString()));
        argv.addAll(List.of(words));
        ProcessBuilder client = new ProcessBuilder(argv).redirectErrorStream(true);
        client.environment().put("REDISCLI_AUTH", PASSWORD);
        try {
            Process running = client.start();
            running.getOutputStream().close();
            return new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    boolean isAlive() {
        return server.isAlive();
    }

    public void kill() {
        server.destroyForcibly();
        try {
            server.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
