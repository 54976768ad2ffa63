package dev.windlass.activities.shell;

import dev.windlass.activities.sealing.SealedReceipt;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where a program's standard output goes. Closing one that was not committed leaves nothing behind. */
interface Sink extends AutoCloseable {
    void write(byte[] bytes, int offset, int length) throws IOException;

    /** Called only when the program did what it was asked to. */
    Optional<SealedReceipt> commit() throws IOException;

    /** The first lines, where the output goes nowhere else. */
    default List<String> lines() {
        return List.of();
    }

    /** Whether every byte up to the end of file is wanted, even when the program itself has ended. */
    default boolean isFile() {
        return true;
    }

    @Override
    void close();
}
