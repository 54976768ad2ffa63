package dev.windlass.activities.deploy;

import dev.windlass.activities.deploy.Convergence.Look;
import dev.windlass.workflows.kernel.Quantities;
import java.time.Duration;

/**
 * Waits until Swarm has ended the tasks that are not to run any more: its update is completed before, and until then they may
 * answer as well.
 */
final class ServiceDraining {
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** For what docker itself takes to end a container. */
    private static final Duration RESERVE = Duration.ofSeconds(30);

    private final ServiceStep step;
    private final ServiceLook look;

    ServiceDraining(ServiceStep step) {
        this.step = step;
        this.look = step.look();
    }

    String drain() {
        Duration longest = look.setting().grace().plus(RESERVE);
        long begun = System.nanoTime();
        while (true) {
            long ending = ending();
            Duration taken = Duration.ofNanos(System.nanoTime() - begun);
            if (ending == 0) {
                return "every old task ended within " + Quantities.time(taken);
            }
            if (taken.compareTo(longest) >= 0) {
                return Quantities.plural(ending, "old task") + " still running after " + Quantities.time(longest);
            }
            step.pause(PAUSE, "drain", Quantities.plural(ending, "old task"));
        }
    }

    /** Where docker does not answer for a moment, one is assumed. */
    private long ending() {
        return switch (look.swarm()) {
            case Look.Unseen unseen -> 1;
            case Look.Seen seen ->
                seen.state().tasks().stream()
                        .filter(task -> task.isRunning() && !task.isWanted())
                        .count();
        };
    }
}
