package dev.windlass.activities.storage;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ContentStreamProvider;

/** A stretch of a file as a request's body: read again for each try, never held in memory, counted as it leaves. */
final class FilePart implements ContentStreamProvider, AutoCloseable {
    private final Path file;
    private final long offset;
    private final long length;
    private final AtomicLong sent = new AtomicLong();
    private @Nullable InputStream current;

    FilePart(Path file, long offset, long length) {
        this.file = file;
        this.offset = offset;
        this.length = length;
    }

    long length() {
        return length;
    }

    /** Of the current try. */
    long sent() {
        return sent.get();
    }

    @Override
    public InputStream newStream() {
        close();
        sent.set(0);
        try {
            FileInputStream in = new FileInputStream(file.toFile());
            in.getChannel().position(offset);
            current = in;
            return new Stretch(in);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        try {
            if (current != null) {
                current.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private final class Stretch extends InputStream {
        private final InputStream in;
        private long left = length;

        Stretch(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int start, int count) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = in.read(into, start, (int) Math.min(count, left));
            if (read < 0) {
                throw new IOException(file + " became shorter while it was sent");
            }
            left -= read;
            sent.addAndGet(read);
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
