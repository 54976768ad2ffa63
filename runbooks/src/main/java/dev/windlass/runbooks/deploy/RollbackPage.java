package dev.windlass.runbooks.deploy;

import dev.windlass.runbooks.page.PageSource;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Plan;
import java.util.List;

/** {@code runbooks/rollback.md}. */
public final class RollbackPage implements PageSource {
    @Override
    public String page() {
        return "rollback.md";
    }

    @Override
    public Plan plan() {
        return DeployPageSample.rollback();
    }

    @Override
    public List<Failure> failures() {
        return DeployPageFailures.ofRollbacks();
    }
}
