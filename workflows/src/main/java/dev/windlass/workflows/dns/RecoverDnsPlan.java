package dev.windlass.workflows.dns;

import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * @param moves from what the records are to what they are to be; empty when they are so already
 * @param lowering the first part of these: the TTL only; empty where nothing is to be lowered
 * @param switching the rest
 * @param oldTtl for how long others may keep the old address from now on
 * @param environment whose people approve; empty where ops.yml names none
 */
public record RecoverDnsPlan(
        Plan plan,
        String zone,
        List<RecordMove> moves,
        List<RecordMove> lowering,
        List<RecordMove> switching,
        List<RecordCheck> checks,
        Duration oldTtl,
        Optional<EnvironmentName> environment,
        Optional<ApprovalPolicy> policy,
        Optional<PersonName> requester) {
    public RecoverDnsPlan {
        moves = List.copyOf(moves);
        lowering = List.copyOf(lowering);
        switching = List.copyOf(switching);
        checks = List.copyOf(checks);
    }
}
