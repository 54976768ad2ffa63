package dev.windlass.starter.runs;

import java.time.Instant;
import java.util.Optional;

/** @param note why it is paused, or what it is for */
public record ScheduleState(
        String name, Activity activity, Optional<Instant> next, Optional<Instant> last, String note) {
    public enum Activity {
        ACTIVE,
        PAUSED
    }
}
