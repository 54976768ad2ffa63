package dev.windlass.activities.recovery;

import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Quantities;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;

/** What a drill says when it fails. */
final class DrillFailures {
    private DrillFailures() {}

    static ApplicationFailure nothingSafe(Cluster cluster, Duration after) {
        return new Failure(
                        FailureType.TARGET_UNAVAILABLE,
                        "nothing that was written to cluster " + cluster.name() + " reached store " + cluster.store()
                                + " within " + Quantities.time(after),
                        "see windlass protect status " + cluster.name() + " for what stands in its way",
                        "drill-database.md#nothing-safe")
                .asException();
    }

    static ApplicationFailure smoke(Database database, List<String> differences) {
        return new Failure(
                        FailureType.RESTORE_DIFFERS,
                        "database " + database.name() + " came back, and its smoke queries do not hold: "
                                + String.join("; ", differences),
                        "ask the same of the live database; if it holds there, look at the newest backups at once",
                        "drill-database.md#smoke")
                .asException();
    }
}
