package dev.windlass.activities.sealing;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import dev.windlass.activities.disk.DurableFiles;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.workflows.kernel.Channel;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/**
 * zstd and age (age-encryption.org/v1, X25519) in this process: one pass, bounded memory, nothing in clear text on disk.
 * The age and zstd programs read and write the same files.
 */
public final class AgeSealedFiles implements SealedFiles {
    private final Secrets secrets;

    public AgeSealedFiles(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public Draft begin(Channel.SealedFile file) throws IOException {
        List<RecipientStanzaWriter> writers = new ArrayList<>();
        for (String recipient : file.recipients()) {
            writers.add(writer(recipient));
        }
        Path target = Path.of(file.path());
        Path part = DurableFiles.partOf(target);
        try {
            FileChannel channel = DurableFiles.create(part);
            return new SealedDraft(target, part, channel, writers, file.zstdLevel());
        } catch (IOException failed) {
            throw DurableFiles.diskFull(failed, target)
                    .<RuntimeException>map(full -> full)
                    .orElseThrow(() -> failed);
        }
    }

    @Override
    public InputStream open(Channel.OpenedFile file) throws IOException {
        List<RecipientStanzaReader> readers = readers(file);
        Path path = Path.of(file.path());
        InputStream raw;
        try {
            raw = new FileInputStream(path.toFile());
        } catch (FileNotFoundException missing) {
            throw SealingFailures.missing(path);
        }
        try {
            ReadableByteChannel plain =
                    new StandardDecryptingChannelFactory().newDecryptingChannel(new PlainChannels.Source(raw), readers);
            return new OpenedStream(path, plain);
        } catch (UnsupportedRecipientStanzaException noneMatched) {
            raw.close();
            throw SealingFailures.wrongIdentity(path, file.identity());
        } catch (GeneralSecurityException | IOException | RuntimeException broken) {
            raw.close();
            throw SealingFailures.damaged(path, broken);
        }
    }

    private List<RecipientStanzaReader> readers(Channel.OpenedFile file) {
        String text = secrets.resolve(file.identity());
        try {
            return AgeIdentity.parse(text).stream().map(AgeIdentity::reader).toList();
        } catch (IllegalArgumentException unusable) {
            throw SealingFailures.noIdentity(file.identity(), unusable);
        }
    }

    static RecipientStanzaWriter writer(String recipient) {
        try {
            return X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient);
        } catch (GeneralSecurityException | RuntimeException unusable) {
            throw SealingFailures.badRecipient(recipient);
        }
    }
}
