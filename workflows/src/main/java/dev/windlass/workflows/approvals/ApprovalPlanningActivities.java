package dev.windlass.workflows.approvals;

import dev.windlass.workflows.kernel.EnvironmentName;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.Optional;

@ActivityInterface
public interface ApprovalPlanningActivities {
    /**
     * Who decides about a step that failed for good: the approvers of the environment, or else everybody in ops.yml who
     * can sign. One answer is enough, for a week. Empty where ops.yml knows nobody.
     */
    @ActivityMethod(name = "WhoMayResume")
    Optional<ApprovalPolicy> whoMayResume(EnvironmentName environment);
}
