package dev.windlass.activities.approvals;

import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.approvals.ApprovalPlanningActivities;
import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.PersonName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads ops.yml only. */
public final class ApprovalPlanningActivitiesImpl implements ApprovalPlanningActivities {
    /** A parked run keeps its lock: who comes back from a week away still finds it, and nobody forgets it for a month. */
    private static final Duration PARKED = Duration.ofDays(7);

    private final Supplier<Operations> today;

    public ApprovalPlanningActivitiesImpl(Supplier<Operations> today) {
        this.today = today;
    }

    // Safe to run twice: only looks.
    @Override
    public Optional<ApprovalPolicy> whoMayResume(EnvironmentName environment) {
        Operations now = today.get();
        List<PersonName> people = now.approvalPolicy(environment)
                .map(ApprovalPolicy::approvers)
                .orElseGet(() -> List.copyOf(now.people().keySet()));
        return people.isEmpty() ? Optional.empty() : Optional.of(new ApprovalPolicy(environment, people, 1, PARKED));
    }
}
