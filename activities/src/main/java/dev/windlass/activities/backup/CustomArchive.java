package dev.windlass.activities.backup;

import dev.windlass.activities.shell.InputWatch;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Watches an archive of pg_dump's custom format go by, and notes where the data of each entry begins and where its table of
 * contents would say so. It keeps two numbers for each table; where it meets what it does not know, it gives up. The blocks
 * after the table of contents are those of _readBlockHeader, _skipData and _skipLOs in PostgreSQL's pg_backup_custom.c.
 */
final class CustomArchive implements InputWatch {
    private static final int BLK_DATA = 1;
    private static final int BLK_BLOBS = 3;

    /** What comes next. */
    private enum State {
        TOC,
        BLOCK_TYPE,
        BLOCK_ID,
        OID,
        LENGTH,
        UNKNOWN
    }

    private ArchiveToc toc = new ArchiveToc();
    private final SortedMap<Integer, Long> blocks = new TreeMap<>();
    private State state = State.TOC;
    private long blockType;
    private long blockBegin;
    private long toSkip;
    private long position;
    private int gathered;
    private int sign;
    private long number;

    @Override
    public void begin() {
        toc = new ArchiveToc();
        blocks.clear();
        state = State.TOC;
        toSkip = 0;
        position = 0;
        gathered = 0;
    }

    @Override
    public void passed(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end && state != State.UNKNOWN) {
            int step = (int) Math.max(1, Math.min(toSkip, end - at));
            position += step;
            if (toSkip > 0) {
                toSkip -= step;
            } else {
                gather(bytes[at] & 0xFF);
            }
            at += step;
        }
    }

    /** Where the flag of each entry stands, and where its data begins; empty unless the whole archive was understood. */
    SortedMap<Long, Long> offsets() {
        SortedMap<Long, Long> offsets = new TreeMap<>();
        boolean whole = state == State.BLOCK_TYPE && toSkip == 0;
        if (whole && toc.flags().keySet().equals(blocks.keySet())) {
            toc.flags().forEach((dumpId, flag) -> offsets.put(flag, blocks.getOrDefault(dumpId, 0L)));
        }
        return offsets;
    }

    /** In bytes; less where it was not understood to its end. */
    long length() {
        return position;
    }

    private void gather(int next) {
        boolean isByte = state == State.BLOCK_TYPE || (state == State.TOC && toc.isNextAByte());
        if (isByte) {
            take(next, 1);
        } else if (gathered == 0) {
            sign = next;
            number = 0;
            gathered = 1;
        } else {
            number |= (long) next << (8 * (gathered - 1));
            gathered++;
            if (gathered == 1 + ArchiveField.INT_SIZE) {
                gathered = 0;
                take(sign == 0 ? number : -number, 1 + ArchiveField.INT_SIZE);
            }
        }
    }

    private void take(long value, int width) {
        switch (state) {
            case TOC -> {
                toSkip = toc.take(value, position - width);
                state = switch (toc.state()) {
                    case READING -> State.TOC;
                    case READ -> State.BLOCK_TYPE;
                    case UNKNOWN -> State.UNKNOWN;
                };
            }
            case BLOCK_TYPE -> {
                blockType = value;
                blockBegin = position - width;
                state = value == BLK_DATA || value == BLK_BLOBS ? State.BLOCK_ID : State.UNKNOWN;
            }
            case BLOCK_ID -> {
                boolean isExpected =
                        toc.flags().containsKey((int) value) && blocks.put((int) value, blockBegin) == null;
                State content = blockType == BLK_BLOBS ? State.OID : State.LENGTH;
                state = isExpected ? content : State.UNKNOWN;
            }
            case OID -> state = value == 0 ? State.BLOCK_TYPE : State.LENGTH;
            case LENGTH -> piece(value);
            case UNKNOWN -> {}
        }
    }

    /** Data comes in pieces, up to one of no length. */
    private void piece(long length) {
        if (length > 0) {
            toSkip = length;
        } else {
            State after = blockType == BLK_BLOBS ? State.OID : State.BLOCK_TYPE;
            state = length == 0 ? after : State.UNKNOWN;
        }
    }
}
