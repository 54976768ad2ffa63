package dev.windlass.runbooks.backup;

import dev.windlass.runbooks.page.PageSource;
import dev.windlass.workflows.backup.RestoreTestRequest;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code runbooks/restore-test.md}. */
public final class RestoreTestPage implements PageSource {
    @Override
    public String page() {
        return "restore-test.md";
    }

    @Override
    public Plan plan() {
        return new PlanOfRestoreTest(PageSample.operations(), PageSample.RUN_AS)
                .plan(
                        new RestoreTestRequest(Optional.empty(), Optional.empty(), Optional.empty(), "schedule"),
                        PageSample.manifest(),
                        PageSample.OFFSITE,
                        Map.of(PageSample.SHOP, PageSample.TOOLS));
    }

    @Override
    public List<Failure> failures() {
        List<Failure> failures = new ArrayList<>(RestorePageFailures.ofTests());
        failures.addAll(RestorePageFailures.ofChoosing());
        failures.addAll(PageFailures.ofSets());
        failures.addAll(PageFailures.ofStores());
        return failures;
    }
}
