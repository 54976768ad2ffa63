package dev.windlass.starter.runs;

import dev.windlass.workflows.kernel.Progress;
import java.util.Optional;

/**
 * Something a run is doing right now.
 *
 * @param id unique within the run
 * @param attempt 1 for the first
 * @param progress its newest heartbeat
 * @param lastFailure why the attempt before this one ended
 */
public record ActivityState(
        String id, String type, int attempt, Optional<Progress> progress, Optional<String> lastFailure) {}
