package dev.windlass.activities.sealing;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;

/** A sealed file in clear text. Whatever is wrong with it surfaces as ARTEFACT_DAMAGED before its end is reported. */
final class OpenedStream extends InputStream {
    private final Path path;
    private final InputStream decrypted;
    private final ZstdInputStream plain;

    OpenedStream(Path path, ReadableByteChannel decrypted) throws IOException {
        this.path = path;
        this.decrypted = Channels.newInputStream(decrypted);
        this.plain = new ZstdInputStream(this.decrypted);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            int read = plain.read(into, offset, length);
            if (read < 0 && decrypted.read() >= 0) {
                // zstd stops at the end of its frame; age authenticates its last chunk only when that is read.
                throw new IOException("bytes follow the end of the zstd frame");
            }
            return read;
        } catch (IOException broken) {
            throw SealingFailures.damaged(path, broken);
        }
    }

    @Override
    public void close() throws IOException {
        plain.close();
    }
}
