package dev.windlass.runbooks.deploy;

import dev.windlass.runbooks.page.PageSource;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Plan;
import java.util.List;

/** {@code runbooks/deploy.md}. */
public final class DeployPage implements PageSource {
    @Override
    public String page() {
        return "deploy.md";
    }

    @Override
    public Plan plan() {
        return DeployPageSample.deploy();
    }

    @Override
    public List<Failure> failures() {
        return DeployPageFailures.ofDeploys();
    }
}
