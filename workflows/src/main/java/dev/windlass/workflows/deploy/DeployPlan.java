package dev.windlass.workflows.deploy;

import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.migrate.AppliedMigration;
import java.util.List;
import java.util.Optional;

/**
 * @param before what serves now; none at the first deploy
 * @param policy none where the environment deploys without asking
 * @param requester the person whose signature the request carries; none where it carries none
 * @param applied the migrations that the app's database has; none where ops.yml names no migrations, or nobody could look
 */
public record DeployPlan(
        Plan plan,
        Release release,
        Optional<Release> before,
        Optional<ApprovalPolicy> policy,
        Optional<PersonName> requester,
        Optional<List<AppliedMigration>> applied) {
    public DeployPlan {
        applied = applied.map(List::copyOf);
    }
}
