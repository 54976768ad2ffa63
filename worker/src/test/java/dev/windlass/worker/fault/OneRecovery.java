package dev.windlass.worker.fault;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Every recovery of a machine is the run {@value Launcher#RUN}, and tests look among all processes for those of that run: two
 * such tests wait for each other, also in different processes.
 */
final class OneRecovery implements AutoCloseable {
    private final FileChannel file;

    private OneRecovery(FileChannel file) {
        this.file = file;
    }

    static OneRecovery await() throws IOException {
        FileChannel file = FileChannel.open(
                Path.of(System.getProperty("java.io.tmpdir"), "windlass-one-recovery.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        file.lock();
        return new OneRecovery(file);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
