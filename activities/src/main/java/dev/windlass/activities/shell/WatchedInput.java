package dev.windlass.activities.shell;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An input whose bytes are shown to a watch as they are read. */
final class WatchedInput extends FilterInputStream {
    private final InputWatch watch;

    WatchedInput(InputStream source, InputWatch watch) {
        super(source);
        this.watch = watch;
        watch.begin();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int got = super.read(bytes, offset, length);
        if (got > 0) {
            watch.passed(bytes, offset, got);
        }
        return got;
    }

    /** Nothing goes by unseen. */
    @Override
    public long skip(long count) {
        return 0;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
