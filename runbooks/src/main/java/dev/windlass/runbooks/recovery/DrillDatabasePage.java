package dev.windlass.runbooks.recovery;

import dev.windlass.runbooks.page.PageSource;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Plan;
import java.util.List;

/** {@code runbooks/drill-database.md}. */
public final class DrillDatabasePage implements PageSource {
    @Override
    public String page() {
        return "drill-database.md";
    }

    @Override
    public Plan plan() {
        return RecoveryPageSample.drill();
    }

    /** What a recovery to a moment can end with besides stands on its own page. */
    @Override
    public List<Failure> failures() {
        return List.of(
                new Failure(
                        FailureType.TARGET_UNAVAILABLE,
                        "nothing that was written to cluster {name} reached store {name} within {time}",
                        "see windlass protect status {name} for what stands in its way",
                        "drill-database.md#nothing-safe"),
                new Failure(
                        FailureType.RESTORE_DIFFERS,
                        "database {name} came back, and its smoke queries do not hold: {which, and what they answered}",
                        "ask the same of the live database; if it holds there, look at the newest backups at once",
                        "drill-database.md#smoke"));
    }
}
