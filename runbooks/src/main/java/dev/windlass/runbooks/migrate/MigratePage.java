package dev.windlass.runbooks.migrate;

import dev.windlass.runbooks.page.PageSource;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Plan;
import java.util.List;

/** {@code runbooks/migrate.md}. */
public final class MigratePage implements PageSource {
    @Override
    public String page() {
        return "migrate.md";
    }

    @Override
    public Plan plan() {
        return MigratePageSample.plan();
    }

    @Override
    public List<Failure> failures() {
        return MigratePageFailures.ofMigrations();
    }
}
