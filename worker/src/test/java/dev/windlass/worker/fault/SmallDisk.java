package dev.windlass.worker.fault;

import dev.windlass.worker.testing.Eventually;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A file system of a few hundred megabytes in memory, where this machine lets us mount one. */
final class SmallDisk implements AutoCloseable {
    private static final long LEFT = 131_072;

    private final Path at;
    private final String whyNot;
    private volatile boolean isFull;

    private SmallDisk(Path at, String whyNot) {
        this.at = at;
        this.whyNot = whyNot;
    }

    static SmallDisk at(Path directory) throws IOException {
        Files.createDirectories(directory);
        return new SmallDisk(
                directory, run(List.of("mount", "-t", "tmpfs", "-o", "size=400m", "tmpfs", directory.toString())));
    }

    boolean isMounted() {
        return whyNot.isEmpty();
    }

    String whyNot() {
        return "no small disk to fill: " + whyNot;
    }

    /** Leaves next to nothing, also when an attempt removes what the one before it left. */
    void keepFull() {
        isFull = true;
        Thread.ofVirtual().start(() -> {
            while (isFull) {
                takeWhatIsFree();
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        });
        Eventually.holds(Duration.ofSeconds(10), "the disk is full", () -> free() <= LEFT);
    }

    private synchronized void takeWhatIsFree() {
        try (FileChannel filler = FileChannel.open(filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (isFull && free() > LEFT) {
                filler.write(ByteBuffer.allocate((int) Math.min(free() - LEFT / 2, 4 << 20)));
            }
        } catch (IOException fullAlready) {
            return;
        }
    }

    private long free() throws IOException {
        return Files.getFileStore(at).getUsableSpace();
    }

    void empty() throws IOException {
        isFull = false;
        synchronized (this) {
            Files.deleteIfExists(filler());
        }
    }

    private Path filler() {
        return at.resolve("filler");
    }

    @Override
    public void close() throws IOException {
        if (isMounted()) {
            run(List.of("umount", "--lazy", at.toString()));
        }
    }

    /** @return empty when it went well, else what was said */
    private static String run(List<String> words) throws IOException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            return process.waitFor() == 0 ? "" : words.getFirst() + ": " + said.strip();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
