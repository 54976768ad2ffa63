package dev.windlass.runbooks.stagingsync;

import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.PersonName;
import java.util.Optional;

/**
 * What planning saw.
 *
 * @param owner the role that owns the target
 * @param classification {@code sha256:} and 64 hex digits of the file
 * @param schema {@link Schema#fingerprint} of the source
 * @param tools the directory of pg_dump
 * @param tables of the source
 * @param rules what the classification says
 * @param source what the copy is made of
 */
public record StagingSyncObservation(
        String owner,
        String classification,
        String schema,
        String tools,
        int tables,
        Classification rules,
        EnvironmentName environment,
        Optional<ApprovalPolicy> policy,
        Optional<PersonName> requester,
        SourceOfCopy source) {}
