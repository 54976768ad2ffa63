package dev.windlass.activities.recovery;

import java.util.Locale;

/**
 * How far WAL was replayed.
 *
 * @param end where the last record ended, in bytes from the beginning of all WAL
 * @param segment bytes of one segment
 */
record ReplayedWal(long end, long segment) {
    private static final int TIMELINE = 8;
    private static final long LOG = 1L << 32;

    /** @param name of a segment: timeline, number of 4 GiB, number in these, 8 hexadecimal digits each */
    boolean hasReached(String name) {
        long log = Long.parseLong(name.substring(TIMELINE, TIMELINE + 8), 16);
        long inLog = Long.parseLong(name.substring(TIMELINE + 8), 16);
        return last() >= log * (LOG / segment) + inLog;
    }

    /** A record that ends with its segment ends where the next one begins. */
    private long last() {
        return (end - 1) / segment;
    }

    /** The last segment that was replayed, as the name of one ends: timelines may have changed in it. */
    String words() {
        return String.format(Locale.ROOT, "…%08X%08X", last() / (LOG / segment), last() % (LOG / segment));
    }
}
