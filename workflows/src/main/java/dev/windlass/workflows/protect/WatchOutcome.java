package dev.windlass.workflows.protect;

import java.util.List;

/**
 * What the next look compares itself with.
 *
 * @param known the findings that people know of
 */
public record WatchOutcome(List<ProtectionFinding> known) {
    public WatchOutcome {
        known = List.copyOf(known);
    }
}
