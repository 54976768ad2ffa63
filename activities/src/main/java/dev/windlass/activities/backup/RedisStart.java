package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.workflows.kernel.Progress;
import dev.windlass.workflows.kernel.RedisName;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A Redis server between its start and the moment when it has loaded its snapshot: until then it answers PING by LOADING. */
record RedisStart(Path directory, StepContext context) {
    private static final Duration BETWEEN = Duration.ofMillis(50);
    private static final ByteBuffer PING = StandardCharsets.US_ASCII.encode("PING\r\n");

    /** Waits as long as it works; the pulse ends it when nobody waits any more. */
    void await(RedisName redis) {
        while (!answers()) {
            if (!ScratchProcesses.isAnyIn(directory)) {
                throw RedisFailures.ended(redis, directory, lastWords());
            }
            context.pulse().beat(new Progress("redis-server", 0, Optional.empty(), "bytes", redis.value()));
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
    }

    private boolean answers() {
        try (SocketChannel server = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.connect(UnixDomainSocketAddress.of(directory.resolve("redis.sock")));
            server.write(PING.duplicate());
            ByteBuffer answer = ByteBuffer.allocate(1);
            return server.read(answer) == 1 && answer.get(0) == '+';
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Those without quotes: what stands in quotes may be the name of a key. */
    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(directory.resolve("server.log")).stream()
                    .filter(line -> line.contains(" # ") && !line.contains("'") && !line.contains("\""))
                    .map(line -> line.substring(line.indexOf(" # ") + 3))
                    .toList();
            return lines.isEmpty() ? "it did not say why" : lines.getLast();
        } catch (IOException unreadable) {
            return "it left no log";
        }
    }
}
