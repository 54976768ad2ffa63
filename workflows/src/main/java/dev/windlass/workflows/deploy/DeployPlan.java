package dev.windlass.workflows.deploy;

import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.Plan;
import java.util.Optional;

/**
 * @param before what serves now; none at the first deploy
 * @param policy none where the environment deploys without asking
 * @param requester the person whose signature the request carries; none where it carries none
 */
public record DeployPlan(
        Plan plan,
        Release release,
        Optional<Release> before,
        Optional<ApprovalPolicy> policy,
        Optional<PersonName> requester) {}
