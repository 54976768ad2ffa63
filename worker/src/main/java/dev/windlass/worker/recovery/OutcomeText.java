package dev.windlass.worker.recovery;

import dev.windlass.workflows.backup.DatabaseProof;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.recovery.RecoverVpsOutcome;
import dev.windlass.workflows.recovery.RecoverVpsPhase;
import dev.windlass.workflows.recovery.RecoverVpsRequest;
import dev.windlass.workflows.recovery.RecoveredCluster;
import dev.windlass.workflows.recovery.ReplayedCluster;
import java.time.Duration;
import java.util.Locale;

/** What came of a recovery, for the person who waited for it. */
final class OutcomeText {
    private OutcomeText() {}

    static String of(RecoverVpsOutcome outcome, RecoverVpsRequest request) {
        StringBuilder text = new StringBuilder();
        text.append(request.isRehearsal() ? "rehearsed with set " : "recovered from set ")
                .append(outcome.set())
                .append(" in ")
                .append(time(outcome.took()));
        text.append(" (budget ").append(Quantities.time(request.budget())).append(")\n");
        String what = outcome.cluster().isPresent() ? "files and Redis as of " : "as of ";
        text.append(what).append(outcome.asOf()).append("; what was written after that is not there\n");
        outcome.cluster().ifPresent(cluster -> text.append(cluster(cluster)));
        outcome.serving().forEach(app -> text.append("serves: ").append(app).append('\n'));
        outcome.silent()
                .forEach(line -> text.append("DOES NOT SERVE: ").append(line).append('\n'));
        outcome.phases().forEach(phase -> text.append(phase(phase)));
        outcome.databases().forEach(proof -> text.append(proof(proof)));
        outcome.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
        String whose = request.isRehearsal() ? "not done: " : "left to you: ";
        outcome.left().forEach(left -> {
            text.append(whose).append(left.what()).append('\n');
            left.commands()
                    .forEach(command -> text.append("    ").append(command).append('\n'));
        });
        if (request.isRehearsal()) {
            text.append("left to you: ")
                    .append(request.target())
                    .append(" holds what production holds: destroy it at its provider\n");
        }
        return text.toString();
    }

    private static String phase(RecoverVpsPhase phase) {
        return String.format(
                Locale.ROOT, "  %9s  %s%n", phase.took().map(OutcomeText::time).orElse("-"), phase.title());
    }

    private static String cluster(RecoveredCluster recovered) {
        ReplayedCluster replayed = recovered.replayed();
        StringBuilder text = new StringBuilder("databases as of ")
                .append(replayed.last()
                        .map(last -> last + ", the last commit that was archived")
                        .orElse("physical backup " + replayed.backup() + "; no commit followed it"))
                .append("; the newest WAL came into the bucket at ")
                .append(recovered.lost().archived())
                .append('\n');
        text.append("  physical backup ").append(replayed.backup()).append(" restored in ");
        text.append(time(replayed.restore())).append(", WAL replayed in ").append(time(replayed.replay()));
        text.append('\n');
        recovered
                .databases()
                .forEach(read -> text.append("database ")
                        .append(read.database())
                        .append(": ")
                        .append(Quantities.plural(read.tables(), "table"))
                        .append(", ")
                        .append(Quantities.plural(read.rows(), "row"))
                        .append(", every row was read\n"));
        return text.toString();
    }

    private static String proof(DatabaseProof proof) {
        String size = Quantities.plural(proof.tables(), "table") + ", " + Quantities.plural(proof.rows(), "row");
        return "database " + proof.database() + ": " + size
                + (proof.isProven()
                        ? ", equal to what was dumped\n"
                        : ", DIFFERS in " + Quantities.plural(proof.differenceCount(), "place") + "\n");
    }

    static String time(Duration duration) {
        return duration.compareTo(Duration.ofSeconds(60)) < 0
                ? String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0)
                : Quantities.time(duration);
    }
}
