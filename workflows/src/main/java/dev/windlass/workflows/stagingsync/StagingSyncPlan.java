package dev.windlass.workflows.stagingsync;

import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.Plan;
import java.util.Optional;

/**
 * @param target what is replaced
 * @param owner the role that owns it on its server
 * @param classification {@code sha256:} and 64 hex digits of the file that was reviewed
 * @param environment the target's, whose people approve where ops.yml names any
 * @param backup what the copy is made of; empty means production
 */
public record StagingSyncPlan(
        Plan plan,
        DatabaseName source,
        DatabaseName target,
        String owner,
        String classification,
        EnvironmentName environment,
        Optional<ApprovalPolicy> policy,
        Optional<PersonName> requester,
        Optional<BackupSource> backup) {}
