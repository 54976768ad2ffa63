package dev.windlass.activities.effects;

import dev.windlass.workflows.kernel.Progress;

/**
 * Tells Temporal that a step is alive and how far it is. Throws when the step was cancelled or paused: whoever calls it
 * lets that exception through after tidying up.
 */
@FunctionalInterface
public interface Pulse {
    void beat(Progress progress);
}
