package dev.windlass.runbooks.backup;

import dev.windlass.runbooks.page.PageSource;
import dev.windlass.workflows.backup.BackupRequest;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Plan;
import java.util.ArrayList;
import java.util.List;

/** {@code runbooks/backup.md}. Its plan ends with the retention, so that is on the page as well. */
public final class BackupPage implements PageSource {
    @Override
    public String page() {
        return "backup.md";
    }

    @Override
    public Plan plan() {
        return new PlanOfBackup(PageSample.operations(), PageSample.RUN_AS)
                .plan(
                        new BackupRequest(List.of(), "schedule"),
                        PageSample.observed(),
                        PageSample.observedFiles(),
                        PageSample.observedRedis());
    }

    @Override
    public List<Failure> failures() {
        List<Failure> failures = new ArrayList<>();
        failures.addAll(PageFailures.ofMachines());
        failures.addAll(ContentPageFailures.ofFilesAndRedis());
        failures.addAll(PageFailures.ofDatabases());
        failures.addAll(PageFailures.ofStores());
        failures.addAll(PageFailures.ofSets());
        failures.addAll(NoticePageFailures.ofNotices());
        return failures;
    }
}
