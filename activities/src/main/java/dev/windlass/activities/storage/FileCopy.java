package dev.windlass.activities.storage;

import dev.windlass.activities.disk.DurableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A copy that was written and synced under a part's name, to be published or deleted.
 *
 * @param sha256 of what was read
 */
record FileCopy(Path part, long bytes, String sha256) {
    static FileCopy of(Path source, Path part, LongConsumer copied) throws IOException {
        try (InputStream in = Files.newInputStream(source)) {
            return of(in, part, copied);
        }
    }

    static FileCopy of(InputStream in, Path part, LongConsumer copied) throws IOException {
        MessageDigest digest = FileHash.sha256();
        byte[] block = new byte[FileHash.BLOCK];
        long bytes = 0;
        boolean whole = false;
        try (FileChannel out = DurableFiles.create(part)) {
            for (int length = in.read(block); length >= 0; length = in.read(block)) {
                digest.update(block, 0, length);
                writeFully(out, ByteBuffer.wrap(block, 0, length));
                bytes += length;
                copied.accept(length);
            }
            out.force(true);
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(part);
            }
        }
        return new FileCopy(part, bytes, FileHash.hex(digest.digest()));
    }

    static void write(byte[] content, Path part) throws IOException {
        try (FileChannel out = DurableFiles.create(part)) {
            writeFully(out, ByteBuffer.wrap(content));
            out.force(true);
        }
    }

    /** Every file below a directory; folders that vanish meanwhile are no error. */
    static void collect(Path directory, List<Path> into) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry)) {
                    collect(entry, into);
                } else {
                    into.add(entry);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException gone) {
            // Nothing is below it.
        }
    }

    private static void writeFully(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
