package dev.windlass.activities.recovery;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One small file out of an archive of GNU tar, where no tar has to be installed. Headers of 512 bytes: www.gnu.org/software/
 * tar/manual/html_node/Standard.html.
 */
final class TarStream {
    private static final int BLOCK = 512;
    private static final int SMALL = 1 << 20;
    private static final int NAME_LENGTH = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int TYPE_AT = 156;

    private final InputStream in;

    TarStream(InputStream in) {
        this.in = in;
    }

    /**
     * @param path as the archive has it, without a slash before it; one with more than 100 bytes is not found
     * @return empty as well where it is larger than 1 MiB
     */
    Optional<byte[]> find(String path) throws IOException {
        while (true) {
            byte[] header = in.readNBytes(BLOCK);
            if (header.length < BLOCK || header[0] == 0) {
                return Optional.empty();
            }
            long size = size(header);
            boolean isFile = header[TYPE_AT] == '0' || header[TYPE_AT] == 0;
            if (isFile && text(header, 0, NAME_LENGTH).equals(path)) {
                return size > SMALL ? Optional.empty() : Optional.of(whole((int) size));
            }
            in.skipNBytes((size + BLOCK - 1) / BLOCK * BLOCK);
        }
    }

    private byte[] whole(int size) throws IOException {
        byte[] content = in.readNBytes(size);
        if (content.length < size) {
            throw new EOFException("the archive ends in the middle of a file");
        }
        return content;
    }

    /** In octal digits; from 8 GiB on in binary, which the first bit tells. */
    private static long size(byte[] header) throws IOException {
        if ((header[SIZE_AT] & 0x80) != 0) {
            long size = 0;
            for (int at = SIZE_AT + 4; at < SIZE_AT + SIZE_LENGTH; at++) {
                size = size << 8 | (header[at] & 0xff);
            }
            return size;
        }
        try {
            return Long.parseLong(text(header, SIZE_AT, SIZE_LENGTH).strip(), 8);
        } catch (NumberFormatException otherFormat) {
            throw new IOException("the archive is not one of tar", otherFormat);
        }
    }

    private static String text(byte[] header, int at, int length) {
        int end = at;
        while (end < at + length && header[end] != 0) {
            end++;
        }
        return new String(header, at, end - at, StandardCharsets.UTF_8);
    }
}
