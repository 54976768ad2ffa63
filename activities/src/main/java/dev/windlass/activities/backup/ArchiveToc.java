package dev.windlass.activities.backup;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the head and the table of contents of an archive, number by number, and keeps where offsets are missing. */
final class ArchiveToc {
    /** How far it is. */
    enum State {
        READING,
        READ,
        UNKNOWN
    }

    /** Of an entry that has data whose offset the writer could not go back to fill in. */
    private static final int K_OFFSET_POS_NOT_SET = 1;

    private static final int K_OFFSET_NO_DATA = 3;
    private static final int MOST_ENTRIES = 200_000;

    private final SortedMap<Integer, Long> flags = new TreeMap<>();
    private State state = State.READING;
    private List<ArchiveField> fields = ArchiveField.start();
    private int field;
    private boolean isStart = true;
    private long minor;
    private long entries;
    private int dumpId;

    State state() {
        return state;
    }

    boolean isNextAByte() {
        return fields.get(field).isByte();
    }

    /** Where the flag of each entry stands whose offset is missing, by the entry's dumpId. */
    SortedMap<Integer, Long> flags() {
        return flags;
    }

    /**
     * @param at where the number begins
     * @return how many bytes belong to it and come next
     */
    long take(long number, long at) {
        long following = 0;
        boolean again = false;
        switch (fields.get(field)) {
            case BYTE -> byteOfHead(number);
            case INT -> {}
            case STRING -> following = Math.max(number, 0);
            case STRINGS -> {
                following = Math.max(number, 0);
                again = number >= 0;
            }
            case TOC_COUNT -> entries = number;
            case DUMP_ID -> dumpId = (int) number;
            case OFFSET_FLAG -> {
                flag(number, at);
                following = ArchiveField.OFFSET_SIZE;
            }
        }
        if (!again && ++field == fields.size() && state == State.READING) {
            nextFields();
        }
        return following;
    }

    private void byteOfHead(long number) {
        if (isStart && !ArchiveField.isStart(field, number)) {
            state = State.UNKNOWN;
        } else if (isStart && field == ArchiveField.MINOR_VERSION) {
            minor = number;
        }
    }

    private void flag(long flag, long at) {
        boolean isNew = flag != K_OFFSET_POS_NOT_SET || flags.put(dumpId, at) == null;
        if (!isNew || (flag != K_OFFSET_POS_NOT_SET && flag != K_OFFSET_NO_DATA) || flags.size() > MOST_ENTRIES) {
            state = State.UNKNOWN;
        }
    }

    private void nextFields() {
        field = 0;
        if (isStart) {
            isStart = false;
            fields = ArchiveField.head(minor);
        } else if (entries-- > 0) {
            fields = ArchiveField.entry(minor);
        } else {
            state = State.READ;
        }
    }
}
