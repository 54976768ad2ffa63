package dev.windlass.activities.storage;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.workflows.kernel.Progress;
import java.util.Optional;

/** Counts bytes and beats the pulse with them, about once a second. */
final class Meter {
    private static final long SECOND = 1_000_000_000;

    private final StepContext context;
    private final String phase;
    private final long total;
    private long done;
    private long beatenAt = System.nanoTime() - SECOND;

    Meter(StepContext context, String phase, long total) {
        this.context = context;
        this.phase = phase;
        this.total = total;
    }

    void add(long bytes) {
        done += bytes;
        if (System.nanoTime() - beatenAt >= SECOND) {
            context.pulse().beat(bytes(phase, done, total, ""));
            beatenAt = System.nanoTime();
        }
    }

    static Progress bytes(String phase, long done, long total, String detail) {
        return new Progress(phase, done, Optional.of(total), "bytes", detail);
    }
}
