package dev.windlass.activities.sealing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;

/** Channels that, unlike those of java.nio, are not closed by an interrupt half-way. */
final class PlainChannels {
    private PlainChannels() {}

    /** Reads a stream. */
    static final class Source implements ReadableByteChannel {
        private final InputStream in;
        private boolean open = true;

        Source(InputStream in) {
            this.in = in;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            int read = in.read(into.array(), into.arrayOffset() + into.position(), into.remaining());
            if (read > 0) {
                into.position(into.position() + read);
            }
            return read;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() throws IOException {
            open = false;
            in.close();
        }
    }

    /** Counts, hashes and passes on. Closing it leaves the target open: it has to be synced first. */
    static final class Hasher implements WritableByteChannel {
        private final OutputStream out;
        private final MessageDigest digest;
        private boolean open = true;
        private boolean discarding;
        private long bytes;

        Hasher(OutputStream out, MessageDigest digest) {
            this.out = out;
            this.digest = digest;
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            int length = from.remaining();
            if (!discarding) {
                int start = from.arrayOffset() + from.position();
                out.write(from.array(), start, length);
                digest.update(from.array(), start, length);
                bytes += length;
            }
            from.position(from.limit());
            return length;
        }

        /** What still comes is thrown away, so that an abandoned file can be closed without touching the disk. */
        void discard() {
            discarding = true;
        }

        long bytes() {
            return bytes;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
        }
    }
}
