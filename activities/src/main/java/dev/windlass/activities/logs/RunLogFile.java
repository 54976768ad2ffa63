package dev.windlass.activities.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** Whole lines of a log that somebody still writes to. */
final class RunLogFile {
    /** Well below the limit of a small object and of a payload. */
    private static final int MOST_BYTES = 512 * 1024;

    private RunLogFile() {}

    /** @param end where the next part begins */
    record Part(byte[] bytes, long end) {}

    /** @throws NoSuchFileException when there is no such log */
    static Part read(Path file, long from) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES);
            while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) > 0) {
                // Until it is full, or the file ends.
            }
            int end = bytes.position();
            while (end > 0 && bytes.get(end - 1) != '\n') {
                end--;
            }
            return new Part(Arrays.copyOf(bytes.array(), end), from + end);
        }
    }
}
