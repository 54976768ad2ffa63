package dev.windlass.activities.shell;

import dev.windlass.activities.sealing.SealedReceipt;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Keeps the beginning of an output and lets the rest pass. */
final class FirstLines implements Sink {
    static final int BYTES = 1024 * 1024;
    static final int LINES = 10_000;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    // A daemon that holds the pipe may still write while the result is read: hence synchronized.
    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        kept.write(bytes, offset, Math.min(length, BYTES - kept.size()));
    }

    @Override
    public Optional<SealedReceipt> commit() {
        return Optional.empty();
    }

    @Override
    public synchronized List<String> lines() {
        return kept.toString(StandardCharsets.UTF_8).lines().limit(LINES).toList();
    }

    @Override
    public boolean isFile() {
        return false;
    }

    @Override
    public void close() {}
}
