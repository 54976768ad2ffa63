package dev.windlass.starter.recovery;

import dev.windlass.starter.terminal.Amounts;
import dev.windlass.workflows.recovery.DrillOutcome;
import dev.windlass.workflows.recovery.RestoredCluster;
import java.time.Instant;
import java.util.stream.Collectors;

/** The numbers of a drill, for a person. */
final class DrillReport {
    private DrillReport() {}

    static String of(DrillOutcome outcome, Instant now) {
        RestoredCluster restored = outcome.restored();
        return "database " + outcome.database() + " would be back in " + Amounts.time(restored.untilItAnswers())
                + ", and at most " + Amounts.time(outcome.lost()) + " of writes would be lost\n"
                + "from backup  " + outcome.backup() + " of cluster " + outcome.cluster() + "\n"
                + "restore      " + Amounts.time(restored.restore()) + "\n"
                + "replay WAL   " + Amounts.time(restored.replay()) + "\n"
                + "read it all  " + Amounts.time(restored.read()) + ": " + Amounts.count(restored.rows(), "row") + ", "
                + Amounts.bytes(restored.bytes()) + "\n"
                + outcome.undelivered().stream()
                        .map(channel -> "not notified: " + channel + "\n")
                        .collect(Collectors.joining());
    }
}
