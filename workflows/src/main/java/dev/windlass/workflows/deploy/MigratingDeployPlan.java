package dev.windlass.workflows.deploy;

import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.migrate.MigratePlan;
import dev.windlass.workflows.migrate.Migration;
import java.util.List;
import java.util.Optional;

/**
 * One plan for both: its steps migrate and deploy, and its digest binds both halves.
 *
 * @param deploy over the one plan; {@code applied} is what the database has when the release is kept
 * @param migration over the one plan; none where nothing comes before the deploy
 * @param later pending from the first contract migration on, left for a run of their own
 */
public record MigratingDeployPlan(DeployPlan deploy, Optional<MigratePlan> migration, List<Migration> later) {
    public MigratingDeployPlan {
        later = List.copyOf(later);
    }

    public Plan plan() {
        return deploy.plan();
    }

    /** In words, what is left for later. */
    List<String> waiting() {
        return later.stream().map(Migration::name).toList();
    }
}
