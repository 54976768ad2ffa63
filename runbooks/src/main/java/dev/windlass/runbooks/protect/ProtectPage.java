package dev.windlass.runbooks.protect;

import dev.windlass.runbooks.page.PageSource;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Plan;
import java.util.List;

/** {@code runbooks/protect.md}. */
public final class ProtectPage implements PageSource {
    @Override
    public String page() {
        return "protect.md";
    }

    @Override
    public Plan plan() {
        return ProtectPageSample.plan();
    }

    @Override
    public List<Failure> failures() {
        return ProtectPageFailures.all();
    }
}
