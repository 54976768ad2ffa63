package dev.windlass.activities.migrate;

import dev.windlass.activities.backup.BesideReadiness;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Database;
import java.util.ArrayList;
import java.util.List;

/** Looks, before anybody is asked, for what would stop a restore in the middle of the night. */
final class PutBackReadiness {
    private final Database database;
    private final BesideReadiness beside;

    /** @param database with the user who would restore it */
    PutBackReadiness(MigrateParts parts, Database database, StepContext context) {
        this.database = database;
        this.beside = new BesideReadiness(parts.backup(), database, context);
    }

    /** @throws io.temporal.failure.ApplicationFailure PRECONDITION, with all reasons */
    void require() {
        List<String> reasons = new ArrayList<>(beside.reasonsAgainstACopy());
        reasons.addAll(beside.reasonsAgainstNewNames());
        if (!reasons.isEmpty()) {
            throw PutBackFailures.cannot(database, reasons);
        }
    }
}
