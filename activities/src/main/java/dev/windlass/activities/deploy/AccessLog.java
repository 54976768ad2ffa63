package dev.windlass.activities.deploy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The access log from a moment on, read as it grows. A log that was moved away (logrotate) is read to its end before the new
 * one; a log that was cut short (copytruncate) is read from its beginning.
 */
final class AccessLog implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;
    private static final String ROTATED = ".1";

    private final Path file;
    private final double since;
    private FileChannel channel;
    private Object key;
    private String rest = "";

    private AccessLog(Path file, double since, FileChannel channel, Object key) {
        this.file = file;
        this.since = since;
        this.channel = channel;
        this.key = key;
    }

    static AccessLog open(Path file, Instant since) throws IOException {
        double seconds = since.toEpochMilli() / 1000.0;
        Path rotated = file.resolveSibling(file.getFileName() + ROTATED);
        boolean begunBeforeRotation = Files.exists(rotated)
                && !Files.getLastModifiedTime(rotated).toInstant().isBefore(since);
        Path first = begunBeforeRotation ? rotated : file;
        FileChannel channel = FileChannel.open(first, StandardOpenOption.READ);
        channel.position(firstLineSince(channel, seconds));
        return new AccessLog(file, seconds, channel, keyOf(first));
    }

    /** What came since the last call; lines in another format are left out. */
    void read(Consumer<AccessLine> lines) throws IOException {
        readToEnd(lines);
        Optional<Object> now = currentKey();
        if (now.isPresent() && !now.get().equals(key)) {
            // A last line may have come between the two looks.
            readToEnd(lines);
            channel.close();
            channel = FileChannel.open(file, StandardOpenOption.READ);
            key = keyOf(file);
            rest = "";
            readToEnd(lines);
        }
    }

    private void readToEnd(Consumer<AccessLine> lines) throws IOException {
        if (channel.size() < channel.position()) {
            channel.position(0);
            rest = "";
        }
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        while (channel.read(buffer) > 0) {
            buffer.flip();
            // The fields that count are ASCII.
            String text = rest + StandardCharsets.ISO_8859_1.decode(buffer);
            buffer.clear();
            int end = text.lastIndexOf('\n') + 1;
            text.substring(0, end)
                    .lines()
                    .map(AccessLine::parse)
                    .flatMap(Optional::stream)
                    .filter(line -> line.ended() >= since)
                    .forEach(lines);
            rest = text.length() - end > BUFFER ? "" : text.substring(end);
        }
    }

    private Optional<Object> currentKey() throws IOException {
        try {
            return Optional.of(keyOf(file));
        } catch (NoSuchFileException betweenTwo) {
            return Optional.empty();
        }
    }

    private static Object keyOf(Path file) throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key == null ? file : key;
    }

    /** By halves: lines stand in the order of their time, give or take what several workers mix. */
    private static long firstLineSince(FileChannel channel, double since) throws IOException {
        double slack = since - 1;
        long low = 0;
        long high = channel.size();
        while (high - low > BUFFER) {
            long middle = (low + high) / 2;
            Optional<AccessLine> line = lineAfter(channel, middle);
            if (line.isPresent() && line.get().ended() < slack) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static Optional<AccessLine> lineAfter(FileChannel channel, long position) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        channel.read(buffer, position);
        buffer.flip();
        return StandardCharsets.ISO_8859_1
                .decode(buffer)
                .toString()
                .lines()
                .skip(1)
                .map(AccessLine::parse)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Whether its newest lines can be read; an empty log can. */
    static boolean isReadable(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() == 0) {
                return true;
            }
            long start = Math.max(0, channel.size() - BUFFER);
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            channel.read(buffer, start);
            buffer.flip();
            String text = StandardCharsets.ISO_8859_1.decode(buffer).toString();
            return text.lines()
                    .reduce((first, second) -> second)
                    .flatMap(AccessLine::parse)
                    .isPresent();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
