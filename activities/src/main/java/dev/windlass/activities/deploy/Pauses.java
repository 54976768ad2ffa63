package dev.windlass.activities.deploy;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Progress;
import dev.windlass.workflows.kernel.StepId;
import java.time.Duration;
import java.util.Optional;

/** Of a step that looks again and again; it beats, so that a cancelled one ends here. */
record Pauses(StepContext context, StepId step) implements Waiting {
    @Override
    public void pause(Duration time, String phase, String detail) {
        long deadline = System.nanoTime() + time.toNanos();
        do {
            context.pulse().beat(new Progress(phase, 0, Optional.empty(), "steps", detail));
            long left = deadline - System.nanoTime();
            try {
                Thread.sleep(Duration.ofNanos(
                        Math.max(0, Math.min(left, Duration.ofSeconds(1).toNanos()))));
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new Failure(
                                FailureType.COMMAND_FAILED,
                                "step " + step + " was left because the worker is stopping",
                                "nothing to do: the step is retried when a worker runs again",
                                "deploy.md#command-failed")
                        .asException(stopping);
            }
        } while (System.nanoTime() < deadline);
    }
}
