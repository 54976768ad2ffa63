package dev.windlass.workflows.approvals;

import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.PlanDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Exactly what is signed: one line of canonical JSON. Every form begins with its own purpose, so that no signature can be
 * used for another.
 */
public final class SignedText {
    /** ssh-keygen's {@code -n}. */
    public static final String NAMESPACE = "windlass";

    private record OfDecision(
            String purpose,
            ApprovalId approval,
            PlanDigest digest,
            Verdict verdict,
            Optional<String> reason,
            Instant at) {}

    private record OfClick(
            String purpose,
            ApprovalId approval,
            PlanDigest digest,
            Verdict verdict,
            Optional<String> reason,
            String team,
            String app,
            String channel,
            String user,
            String messageTs,
            String actionTs,
            Instant at) {}

    private record OfRequest(
            String purpose, String runbook, String workflowId, SortedMap<String, String> asked, Instant at) {}

    private SignedText() {}

    /** What a person signs on the command line. */
    public static String ofDecision(
            ApprovalId approval, PlanDigest digest, Verdict verdict, Optional<String> reason, Instant at) {
        return PayloadJson.canonical(new OfDecision("windlass decision v1", approval, digest, verdict, reason, at));
    }

    /** What the worker's MAC stands for. */
    public static String ofClick(
            ApprovalId approval,
            PlanDigest digest,
            Verdict verdict,
            Optional<String> reason,
            Evidence.SlackClick click) {
        return PayloadJson.canonical(new OfClick(
                "windlass click v1",
                approval,
                digest,
                verdict,
                reason,
                click.team(),
                click.app(),
                click.channel(),
                click.user(),
                click.messageTs(),
                click.actionTs(),
                click.at()));
    }

    /**
     * What somebody signs who starts a run.
     *
     * @param workflowId the run's, chosen by the starter: a signature starts one run only
     */
    public static String ofRequest(String runbook, String workflowId, SortedMap<String, String> asked, Instant at) {
        return PayloadJson.canonical(new OfRequest("windlass request v1", runbook, workflowId, asked, at));
    }
}
