package dev.windlass.activities.backup;

import dev.windlass.activities.effects.Pulse;
import dev.windlass.workflows.kernel.Progress;
import java.util.Optional;

/** A step's pulse, until what it made is to be removed whatever comes; meanwhile it may tell more than the shell knows. */
final class CalmPulse implements Pulse {
    private final Pulse pulse;
    private volatile Optional<RestoreProgress> more = Optional.empty();
    private volatile boolean calm;

    CalmPulse(Pulse pulse) {
        this.pulse = pulse;
    }

    void follow(Optional<RestoreProgress> progress) {
        more = progress;
    }

    /** Tidies up, also when the step was cancelled or its thread interrupted: the shell would give up at once. */
    void calmly(Runnable tidying) {
        calm = true;
        boolean interrupted = Thread.interrupted();
        try {
            tidying.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void beat(Progress progress) {
        if (!calm) {
            pulse.beat(more.map(RestoreProgress::now).orElse(progress));
        }
    }
}
