package dev.windlass.workflows.deploy;

import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.migrate.AppliedMigration;
import java.util.List;
import java.util.Optional;

/**
 * @param step exactly what is done; {@code release} is what it is done for
 * @param applied the migrations that the app's database has when the release is kept; none where nobody knows
 */
public record DeployOrder(
        Step step,
        AppName app,
        EnvironmentName environment,
        Release release,
        Optional<Release> before,
        Optional<List<AppliedMigration>> applied) {
    public DeployOrder {
        applied = applied.map(List::copyOf);
    }
}
