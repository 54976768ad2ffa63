package dev.windlass.activities.shell;

import dev.windlass.activities.sealing.SealedFiles;
import dev.windlass.activities.sealing.SealedReceipt;
import dev.windlass.workflows.kernel.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Seals nothing; keeps the promises about names. Can run out of disk. */
class PlainSealedFiles implements SealedFiles {
    private final long diskSize;

    PlainSealedFiles(long diskSize) {
        this.diskSize = diskSize;
    }

    @Override
    public Draft begin(Channel.SealedFile file) throws IOException {
        Path target = Path.of(file.path());
        Path draft = target.resolveSibling(target.getFileName() + ".draft");
        OutputStream out = Files.newOutputStream(draft);
        return new Draft() {
            private long plainBytes;

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (plainBytes + length > diskSize) {
                    throw new IOException("No space left on device");
                }
                out.write(bytes, offset, length);
                plainBytes += length;
            }

            @Override
            public long plainBytes() {
                return plainBytes;
            }

            @Override
            public SealedReceipt commit() throws IOException {
                out.close();
                Files.move(draft, target);
                return new SealedReceipt(plainBytes, plainBytes, "0".repeat(64));
            }

            @Override
            public void close() {
                try {
                    out.close();
                    Files.deleteIfExists(draft);
                } catch (IOException broken) {
                    throw new UncheckedIOException(broken);
                }
            }
        };
    }

    @Override
    public InputStream open(Channel.OpenedFile file) throws IOException {
        return Files.newInputStream(Path.of(file.path()));
    }
}
