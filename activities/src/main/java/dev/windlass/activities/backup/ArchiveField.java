package dev.windlass.activities.backup;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What the head and the table of contents of pg_dump's custom format are made of, version by version: ReadHead and ReadToc
 * of PostgreSQL's pg_backup_archiver.c. 1.14 is written by pg_dump 12 to 15, 1.15 by 16, 1.16 by 17 and 18.
 */
enum ArchiveField {
    BYTE,
    /** A sign, and four bytes with the lowest first. */
    INT,
    /** Its length as INT, below zero for none, and so many bytes. */
    STRING,
    /** Strings up to one that is none. */
    STRINGS,
    /** How many entries there are. */
    TOC_COUNT,
    DUMP_ID,
    /** The flag of an offset in one byte; the offset itself follows. */
    OFFSET_FLAG;

    static final int INT_SIZE = 4;
    static final int OFFSET_SIZE = 8;
    /** The magic word, the version, the sizes of integers and offsets, and the number of the custom format; -1: any. */
    private static final int[] START = {'P', 'G', 'D', 'M', 'P', 1, -1, -1, INT_SIZE, OFFSET_SIZE, 1};

    static final int MINOR_VERSION = 6;

    static List<ArchiveField> start() {
        return Collections.nCopies(START.length, BYTE);
    }

    static boolean isStart(int index, long value) {
        return index == MINOR_VERSION ? value >= 14 && value <= 16 : START[index] < 0 || START[index] == value;
    }

    static List<ArchiveField> head(long minor) {
        List<ArchiveField> fields = new ArrayList<>();
        fields.add(minor >= 15 ? BYTE : INT); // compression
        fields.addAll(Collections.nCopies(7, INT)); // when it was made
        fields.addAll(Collections.nCopies(3, STRING)); // archdbname, archiveRemoteVersion, archiveDumpVersion
        fields.add(TOC_COUNT);
        return List.copyOf(fields);
    }

    static List<ArchiveField> entry(long minor) {
        List<ArchiveField> fields = new ArrayList<>(List.of(DUMP_ID, INT)); // and hadDumper
        fields.addAll(Collections.nCopies(4, STRING)); // tableoid, oid, tag, desc
        fields.add(INT); // section
        fields.addAll(Collections.nCopies(6, STRING)); // defn, dropStmt, copyStmt, namespace, tablespace, tableam
        if (minor >= 16) {
            fields.add(INT); // relkind
        }
        fields.addAll(List.of(STRING, STRING, STRINGS, OFFSET_FLAG)); // owner, whether it has OIDs, dependencies
        return List.copyOf(fields);
    }

    boolean isByte() {
        return this == BYTE || this == OFFSET_FLAG;
    }
}
