package dev.windlass.activities.sealing;

import dev.windlass.workflows.kernel.Channel;
import java.io.IOException;
import java.io.InputStream;

/** Files that are zstd-compressed and then age-encrypted, as {@code zstd | age} would write them. */
public interface SealedFiles {
    /**
     * Begins a file under a temporary name beside its own. Nothing is seen under the real name until
     * {@link Draft#commit}; {@link Draft#close} without a commit removes it.
     */
    Draft begin(Channel.SealedFile file) throws IOException;

    /**
     * Opens a sealed file for reading. Reading it to the end proves that it is whole.
     *
     * @throws io.temporal.failure.ApplicationFailure WRONG_IDENTITY or ARTEFACT_DAMAGED, from here or from any read
     */
    InputStream open(Channel.OpenedFile file) throws IOException;

    /** A sealed file that is being written. */
    interface Draft extends AutoCloseable {
        void write(byte[] bytes, int offset, int length) throws IOException;

        long plainBytes();

        /** Ends the stream, syncs it to disk and renames it into place. */
        SealedReceipt commit() throws IOException;

        @Override
        void close();
    }
}
