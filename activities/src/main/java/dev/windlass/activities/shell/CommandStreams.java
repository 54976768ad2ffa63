package dev.windlass.activities.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.commons.exec.ExecuteStreamHandler;
import org.jspecify.annotations.Nullable;

/**
 * Moves bytes between a process and our ends, in large pieces: Commons Exec's own pump copies 1 KiB at a time. A failure
 * at our end is reported at once, and the process's streams are left open then: a closed input would look like a whole
 * one to it.
 */
final class CommandStreams implements ExecuteStreamHandler {
    private static final int BUFFER = 128 * 1024;
    /** A daemon that keeps our pipe open must not hold up a command that has ended. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final InputStream source;
    private final Sink sink;
    private final ErrorTail errors;
    private final Consumer<Throwable> onFailure;
    private final AtomicLong bytesIn = new AtomicLong();
    private final AtomicLong bytesOut = new AtomicLong();
    private volatile boolean abandoned;
    private volatile boolean failed;
    private @Nullable Thread input;
    private @Nullable Thread output;
    private @Nullable Thread error;

    CommandStreams(InputStream source, Sink sink, ErrorTail errors, Consumer<Throwable> onFailure) {
        this.source = source;
        this.sink = sink;
        this.errors = errors;
        this.onFailure = onFailure;
    }

    /** Bytes of the output where it goes to a file, else of the input. */
    long bytesDone() {
        return sink.isFile() ? bytesOut.get() : bytesIn.get();
    }

    /** The tree is killed: nobody is interested in the rest. */
    void abandon() {
        abandoned = true;
    }

    /** The program ended with a failure: its input need not be read to the end, its output not be waited for. */
    void programFailed() {
        failed = true;
    }

    @Override
    public void setProcessInputStream(OutputStream processInput) {
        input = pump("stdin", () -> feed(processInput));
    }

    @Override
    public void setProcessOutputStream(InputStream processOutput) {
        output = pump(
                "stdout",
                () -> drain(processOutput, (bytes, length) -> {
                    sink.write(bytes, 0, length);
                    bytesOut.addAndGet(length);
                }));
    }

    @Override
    public void setProcessErrorStream(InputStream processError) {
        error = pump("stderr", () -> drain(processError, (bytes, length) -> errors.write(bytes, 0, length)));
    }

    @Override
    public void start() {
        started(input).start();
        started(output).start();
        started(error).start();
    }

    /** Called when the process has ended. */
    @Override
    public void stop() {
        join(started(output), sink.isFile());
        join(started(error), false);
        // Reading a sealed file to its end is what proves it whole, also when the program did not want the last bytes.
        join(started(input), true);
        abandoned = true;
    }

    private void feed(OutputStream processInput) throws SourceException {
        byte[] bytes = new byte[BUFFER];
        boolean wanted = true;
        for (int length = readSource(bytes); length >= 0 && !abandoned && !failed; length = readSource(bytes)) {
            bytesIn.addAndGet(length);
            wanted = wanted && offer(processInput, bytes, length);
        }
        if (wanted) {
            closeQuietly(processInput);
        }
    }

    private int readSource(byte[] bytes) throws SourceException {
        try {
            return source.read(bytes);
        } catch (IOException unreadable) {
            throw new SourceException(unreadable);
        }
    }

    /** @return false when the process has closed its input: its exit code tells whether that was right */
    private static boolean offer(OutputStream processInput, byte[] bytes, int length) {
        try {
            processInput.write(bytes, 0, length);
            processInput.flush();
            return true;
        } catch (IOException closedByProcess) {
            return false;
        }
    }

    private static void closeQuietly(OutputStream processInput) {
        try {
            processInput.close();
        } catch (IOException closedByProcess) {
            // As in offer().
        }
    }

    private void drain(InputStream from, Piece into) throws IOException {
        byte[] bytes = new byte[BUFFER];
        while (!abandoned) {
            int length = read(from, bytes);
            if (length < 0) {
                return;
            }
            into.take(bytes, length);
        }
    }

    private int read(InputStream from, byte[] bytes) throws IOException {
        try {
            return from.read(bytes);
        } catch (IOException closed) {
            if (abandoned) {
                return -1;
            }
            throw closed;
        }
    }

    private Thread pump(String stream, Work work) {
        return Thread.ofPlatform().daemon().name("windlass-" + stream).unstarted(() -> {
            try {
                work.run();
            } catch (Throwable failed) {
                onFailure.accept(failed);
            }
        });
    }

    private void join(Thread pump, boolean toTheEnd) {
        long deadline = System.nanoTime() + GRACE.toNanos();
        try {
            while (!pump.join(Duration.ofMillis(200))) {
                boolean wanted = toTheEnd && !abandoned && !failed;
                if (!wanted && System.nanoTime() > deadline) {
                    return;
                }
            }
        } catch (InterruptedException stopping) {
            abandoned = true;
            Thread.currentThread().interrupt();
        }
    }

    private static Thread started(@Nullable Thread pump) {
        if (pump == null) {
            throw new IllegalStateException("the process's streams were not set");
        }
        return pump;
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException, SourceException;
    }

    @FunctionalInterface
    private interface Piece {
        void take(byte[] bytes, int length) throws IOException;
    }
}
