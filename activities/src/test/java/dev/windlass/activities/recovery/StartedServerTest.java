package dev.windlass.activities.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When a server counts as ended whose postmaster.pid comes later than pg_ctl does. */
@Timeout(20)
class StartedServerTest {
    @TempDir
    Path data;

    private final AtomicLong now = new AtomicLong();

    private StartedServer started() {
        return new StartedServer(data, now::get);
    }

    @Test
    void aServerThatHasNotWrittenItsFileYetHasNotEnded() throws IOException {
        StartedServer server = started();

        assertThat(server.hasEnded()).isFalse();
        Files.createFile(data.resolve("postmaster.pid"));
        assertThat(server.hasEnded()).as("with nothing in it").isFalse();
        now.set(StartedServer.GRACE.toNanos());
        assertThat(server.hasEnded()).isFalse();
        now.incrementAndGet();
        assertThat(server.hasEnded()).as("it never came").isTrue();
    }

    @Test
    void aServerThatWasSeenAndIsGoneHasEnded() throws Exception {
        StartedServer server = started();
        Process process =
                new ProcessBuilder("sleep", "60").directory(data.toFile()).start();
        try {
            Files.writeString(data.resolve("postmaster.pid"), process.pid() + "\n" + data + "\n");
            while (!process.info().command().orElse("").endsWith("sleep")) {
                Thread.onSpinWait();
            }
            assertThat(server.hasEnded()).isFalse();
            now.set(2 * StartedServer.GRACE.toNanos());
            assertThat(server.hasEnded()).as("however long it takes").isFalse();
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        now.set(0);
        assertThat(server.hasEnded()).isTrue();
    }
}
