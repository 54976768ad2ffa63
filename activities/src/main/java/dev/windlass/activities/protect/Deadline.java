package dev.windlass.activities.protect;

import dev.windlass.activities.effects.Pulse;
import dev.windlass.workflows.kernel.Progress;
import java.time.Duration;

/** Ends what runs too long: the shell kills the whole tree of a command whose pulse throws. */
final class Deadline implements Pulse {
    private final Pulse pulse;
    private final long end;

    Deadline(Pulse pulse, Duration limit) {
        this.pulse = pulse;
        this.end = System.nanoTime() + limit.toNanos();
    }

    @Override
    public void beat(Progress progress) {
        pulse.beat(progress);
        if (System.nanoTime() - end > 0) {
            throw new PassedException();
        }
    }

    static final class PassedException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
