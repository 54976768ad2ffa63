package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.files.FileReading;
import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.Progress;
import java.util.Optional;

/** Tells of the bytes read, often enough for a large file and seldom enough for many small ones. */
final class ReadingProgress implements FileReading.Told {
    private static final long BETWEEN = 250_000_000L;

    private final StepContext context;
    private final String phase;
    private final ArchiveName archive;
    private long bytes;
    private long said = System.nanoTime() - BETWEEN;

    ReadingProgress(StepContext context, String phase, ArchiveName archive) {
        this.context = context;
        this.phase = phase;
        this.archive = archive;
    }

    @Override
    public void read(long more) {
        bytes += more;
        if (System.nanoTime() - said >= BETWEEN) {
            said = System.nanoTime();
            context.pulse().beat(new Progress(phase, bytes, Optional.empty(), "bytes", archive.value()));
        }
    }
}
