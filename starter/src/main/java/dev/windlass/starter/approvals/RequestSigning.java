package dev.windlass.starter.approvals;

import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.Session;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.approvals.SignedText;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;

/** Says who starts a run, provably where that is possible. */
public final class RequestSigning {
    private RequestSigning() {}

    /**
     * @param key {@code --key}; empty: the agent, then {@code ~/.ssh}
     * @param workflowId the run's, chosen before
     * @return without a signature where no key of ops.yml is at hand: enough where nobody is asked for approval
     * @throws dev.windlass.starter.runs.Complaint when the named key is nobody's, or does not sign
     */
    public static Requester of(
            Door door,
            Session session,
            Optional<Path> key,
            String runbook,
            String workflowId,
            SortedMap<String, String> asked) {
        return new Requester(
                door.person(),
                session.operations()
                        .flatMap(operations -> new Signing(door, operations)
                                .sign(key, at -> SignedText.ofRequest(runbook, workflowId, asked, at))));
    }
}
