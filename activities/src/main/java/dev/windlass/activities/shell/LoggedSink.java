package dev.windlass.activities.shell;

import dev.windlass.activities.sealing.SealedReceipt;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** An output that is kept for people as well. */
final class LoggedSink implements Sink {
    private final Sink sink;
    private final StepLogs.StepLog log;

    private LoggedSink(Sink sink, StepLogs.StepLog log) {
        this.sink = sink;
        this.log = log;
    }

    /** What goes into a file is no message for people. */
    static Sink of(Sink sink, StepLogs.StepLog log) {
        return sink.isFile() ? sink : new LoggedSink(sink, log);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        log.write(StepLogs.Stream.OUTPUT, bytes, offset, length);
        sink.write(bytes, offset, length);
    }

    @Override
    public Optional<SealedReceipt> commit() throws IOException {
        return sink.commit();
    }

    @Override
    public List<String> lines() {
        return sink.lines();
    }

    @Override
    public boolean isFile() {
        return false;
    }

    @Override
    public void close() {
        sink.close();
    }
}
