package dev.windlass.activities.effects;

import dev.windlass.workflows.kernel.Progress;
import io.temporal.activity.ActivityExecutionContext;

/**
 * The heartbeat of a Temporal activity. The SDK sends about one a second whatever is called here; an {@code
 * ActivityCompletionException} comes back when the run was cancelled, paused or terminated, or the worker stops.
 */
public record ActivityPulse(ActivityExecutionContext activity) implements Pulse {
    @Override
    public void beat(Progress progress) {
        activity.heartbeat(progress);
    }
}
