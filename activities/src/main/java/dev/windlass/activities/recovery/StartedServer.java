package dev.windlass.activities.recovery;

import dev.windlass.activities.backup.ScratchProcesses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A server that pg_ctl has started without waiting: it comes back before the server has written its postmaster.pid, so that a
 * server which is not there yet is told from one that has ended only once it was seen.
 */
final class StartedServer {
    /** On a busy machine the file comes after seconds. */
    static final Duration GRACE = Duration.ofMinutes(1);

    private final Path data;
    private final LongSupplier nanoTime;
    private final long started;
    private boolean wasSeen;

    StartedServer(Path data) {
        this(data, System::nanoTime);
    }

    StartedServer(Path data, LongSupplier nanoTime) {
        this.data = data;
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
    }

    /** One that does not even begin is never seen. */
    boolean wasSeen() {
        return wasSeen;
    }

    boolean hasEnded() {
        if (ScratchProcesses.isRunning(data)) {
            wasSeen = true;
            return false;
        }
        return wasSeen || nanoTime.getAsLong() - started > GRACE.toNanos();
    }
}
