package dev.windlass.workflows.recovery;

import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.Sorted;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What looking at the database and the backups found.
 *
 * @param environment whose people approve
 * @param tools directory of the PostgreSQL programs that fit the server
 * @param tables those of the request, referred-to ones before those that refer to them
 * @param policy none where the environment changes without asking
 * @param shown for the reader only
 */
public record RecoveryObservation(
        CopySource source,
        EnvironmentName environment,
        String serverVersion,
        String tools,
        List<TableShape> tables,
        Optional<ApprovalPolicy> policy,
        Optional<PersonName> requester,
        SortedMap<String, String> shown) {
    public RecoveryObservation {
        tables = List.copyOf(tables);
        shown = Sorted.copyOf(shown);
    }
}
