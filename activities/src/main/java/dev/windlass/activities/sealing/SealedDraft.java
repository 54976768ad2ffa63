package dev.windlass.activities.sealing;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.github.luben.zstd.ZstdOutputStream;
import dev.windlass.activities.disk.DurableFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** plain → zstd → age → SHA-256 → part file; the real name appears only in {@link #commit}. */
final class SealedDraft implements SealedFiles.Draft {
    private final Path target;
    private final Path part;
    private final FileChannel file;
    private final MessageDigest digest;
    private final PlainChannels.Hasher hasher;
    private final ZstdOutputStream zstd;
    private long plainBytes;
    private boolean ended;

    SealedDraft(Path target, Path part, FileChannel file, List<RecipientStanzaWriter> recipients, int zstdLevel)
            throws IOException {
        this(target, part, file, Channels.newOutputStream(file), recipients, zstdLevel);
    }

    /** @param out writes to the file */
    SealedDraft(
            Path target,
            Path part,
            FileChannel file,
            OutputStream out,
            List<RecipientStanzaWriter> recipients,
            int zstdLevel)
            throws IOException {
        this.target = target;
        this.part = part;
        this.file = file;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
            this.hasher = new PlainChannels.Hasher(out, digest);
            WritableByteChannel age = new StandardEncryptingChannelFactory().newEncryptingChannel(hasher, recipients);
            this.zstd = new ZstdOutputStream(Channels.newOutputStream(age), zstdLevel);
            zstd.setChecksum(true);
        } catch (GeneralSecurityException | IOException | RuntimeException failed) {
            removePart();
            throw failed instanceof IOException io ? translate(io) : new IOException(failed);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            zstd.write(bytes, offset, length);
        } catch (IOException failed) {
            throw translate(failed);
        }
        plainBytes += length;
    }

    @Override
    public long plainBytes() {
        return plainBytes;
    }

    @Override
    public SealedReceipt commit() throws IOException {
        if (ended) {
            throw new IllegalStateException(target + " was committed or abandoned already");
        }
        try {
            zstd.close();
            file.force(true);
            file.close();
            DurableFiles.publish(part, target);
        } catch (IOException failed) {
            throw translate(failed);
        }
        ended = true;
        return new SealedReceipt(hasher.bytes(), plainBytes, HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public void close() {
        if (ended) {
            return;
        }
        ended = true;
        hasher.discard();
        try {
            // Frees zstd's native memory; what it writes is discarded.
            zstd.close();
        } catch (IOException alreadyFailed) {
            // The failure that led here is the one to report.
        }
        removePart();
    }

    private void removePart() {
        try {
            file.close();
            Files.deleteIfExists(part);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private IOException translate(IOException failed) {
        DurableFiles.diskFull(failed, target).ifPresent(full -> {
            throw full;
        });
        return failed;
    }
}
