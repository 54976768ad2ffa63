package dev.windlass.workflows.protect;

import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.Plan;
import java.util.Optional;

/**
 * @param plan without steps when the cluster is protected already
 * @param restartWith the command that a person has to type, where the run ends before the restart
 * @param environment empty when nobody is asked
 * @param policy none where the environment changes without asking
 * @param requester none when the request carries no signature
 */
public record ProtectPlan(
        Plan plan,
        Optional<String> restartWith,
        Optional<EnvironmentName> environment,
        Optional<ApprovalPolicy> policy,
        Optional<PersonName> requester) {
    public boolean isProtectedAlready() {
        return plan.steps().isEmpty();
    }
}
