package dev.windlass.runbooks.migrate;

import dev.windlass.runbooks.config.Migrations.Undo;
import dev.windlass.runbooks.page.PageSource;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Plan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** {@code runbooks/migrate.md}. */
public final class MigratePage implements PageSource {
    @Override
    public String page() {
        return "migrate.md";
    }

    @Override
    public Plan plan() {
        return MigratePageSample.plan(Undo.DOWN);
    }

    @Override
    public SequencedMap<String, Plan> otherUndos() {
        return new LinkedHashMap<>(Map.of("undo-by-restore", MigratePageSample.plan(Undo.RESTORE)));
    }

    @Override
    public List<Failure> failures() {
        return MigratePageFailures.ofMigrations();
    }
}
