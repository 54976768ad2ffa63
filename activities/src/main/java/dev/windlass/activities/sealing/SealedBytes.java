package dev.windlass.activities.sealing;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.security.GeneralSecurityException;
import java.util.List;

/** What is small enough to be sealed in memory, as {@code zstd | age} would write it: no file has to be tidied up. */
public final class SealedBytes {
    private static final int LEVEL = 3;

    private SealedBytes() {}

    /**
     * @param recipients {@code age1…}
     * @throws io.temporal.failure.ApplicationFailure CONFIGURATION when one of them is no age recipient
     */
    public static byte[] of(byte[] plain, List<String> recipients) {
        List<RecipientStanzaWriter> writers =
                recipients.stream().map(AgeSealedFiles::writer).toList();
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        try (ZstdOutputStream zstd = new ZstdOutputStream(
                Channels.newOutputStream(new StandardEncryptingChannelFactory()
                        .newEncryptingChannel(Channels.newChannel(sealed), writers)),
                LEVEL)) {
            zstd.setChecksum(true);
            zstd.write(plain);
        } catch (IOException neverOfMemory) {
            throw new UncheckedIOException(neverOfMemory);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java platform has no X25519 or ChaCha20", missing);
        }
        return sealed.toByteArray();
    }
}
