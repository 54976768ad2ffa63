package dev.windlass.activities.shell;

import dev.windlass.activities.sealing.SealedFiles;
import dev.windlass.activities.sealing.SealedReceipt;
import java.io.IOException;
import java.util.Optional;

record SealedFileSink(SealedFiles.Draft draft) implements Sink {
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        draft.write(bytes, offset, length);
    }

    @Override
    public Optional<SealedReceipt> commit() throws IOException {
        return Optional.of(draft.commit());
    }

    @Override
    public void close() {
        draft.close();
    }
}
