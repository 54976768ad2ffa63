package dev.windlass.workflows.recovery;

import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Quantities;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A drill that succeeded; another one fails its run.
 *
 * @param at when it began
 * @param backup label of the physical backup that WAL was replayed onto
 * @param lost at most, had the machine been gone
 */
public record DrillOutcome(
        DatabaseName database,
        ClusterName cluster,
        Instant at,
        String backup,
        Duration lost,
        RestoredCluster restored,
        List<String> undelivered) {
    public DrillOutcome {
        undelivered = List.copyOf(undelivered);
    }

    public String words() {
        return "database " + database + " is back in " + Quantities.time(restored.untilItAnswers()) + " (restore "
                + Quantities.time(restored.restore()) + ", WAL " + Quantities.time(restored.replay()) + "), at most "
                + Quantities.time(lost) + " of writes lost";
    }
}
