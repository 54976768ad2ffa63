package dev.windlass.activities.deploy;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.deploy.ReleaseList;
import dev.windlass.workflows.deploy.ReleaseListRequest;
import dev.windlass.workflows.kernel.Plan;
import java.util.Optional;

/** Looks at one kind of target; changes nothing. */
interface TargetPlanning {
    /**
     * @param before what serves now
     * @param kept what the record says of the release; none where it was never kept
     */
    record Planned(
            Plan plan,
            Release release,
            Optional<Release> before,
            Optional<ApprovalPolicy> policy,
            Optional<ReleaseRecord.Kept> kept) {
        Planned with(Plan other) {
            return new Planned(other, release, before, policy, kept);
        }
    }

    Planned plan(DeployRequest request, StepContext context);

    ReleaseList releases(ReleaseListRequest request, StepContext context);
}
