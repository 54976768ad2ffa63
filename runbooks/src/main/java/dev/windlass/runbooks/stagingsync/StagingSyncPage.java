package dev.windlass.runbooks.stagingsync;

import dev.windlass.runbooks.page.PageSource;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Plan;
import java.util.List;

/** {@code runbooks/staging-sync.md}. */
public final class StagingSyncPage implements PageSource {
    @Override
    public String page() {
        return "staging-sync.md";
    }

    @Override
    public Plan plan() {
        return StagingSyncPageSample.plan();
    }

    @Override
    public List<Failure> failures() {
        return StagingSyncPageFailures.all();
    }
}
