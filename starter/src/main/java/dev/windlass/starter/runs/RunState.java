package dev.windlass.starter.runs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a run stands.
 *
 * @param workflowType such as {@code Backup}
 * @param stage the step it is in, or the last it was in; empty before the first
 * @param activities what is under way; empty in lists
 */
public record RunState(
        RunId id,
        String workflowType,
        RunStatus status,
        Optional<String> stage,
        Instant started,
        Optional<Instant> ended,
        List<ActivityState> activities) {
    public RunState {
        activities = List.copyOf(activities);
    }

    public Duration took(Instant now) {
        return Duration.between(started, ended.orElse(now));
    }
}
