package dev.windlass.activities.shell;

import dev.windlass.activities.sealing.SealedReceipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** A file that only its owner can read and that appears under its name whole or not at all. */
final class PlainFileSink implements Sink {
    private final Path file;
    private final Path draft;
    private final FileChannel channel;

    PlainFileSink(Path file) throws IOException {
        this.file = file;
        // The same name in each attempt, so a killed attempt's remainder is replaced and does not pile up.
        this.draft = file.resolveSibling("." + file.getFileName() + ".part");
        Files.deleteIfExists(draft);
        this.channel = FileChannel.open(
                draft,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    @Override
    public Optional<SealedReceipt> commit() throws IOException {
        channel.force(true);
        channel.close();
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        // The rename itself is on disk only when the directory is.
        try (FileChannel directory = FileChannel.open(draft.resolveSibling("."), StandardOpenOption.READ)) {
            directory.force(true);
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(draft);
        } catch (IOException cannotRemove) {
            throw new UncheckedIOException("unfinished file " + draft + " cannot be removed", cannotRemove);
        }
    }
}
