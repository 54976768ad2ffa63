package dev.windlass.runbooks.deploy;

import dev.windlass.runbooks.page.PageSource;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Plan;
import java.util.List;

/** {@code runbooks/docker.md}. */
public final class DockerPage implements PageSource {
    @Override
    public String page() {
        return "docker.md";
    }

    @Override
    public Plan plan() {
        return ServicePageSample.deploy();
    }

    @Override
    public List<Failure> failures() {
        return ServicePageFailures.all();
    }
}
