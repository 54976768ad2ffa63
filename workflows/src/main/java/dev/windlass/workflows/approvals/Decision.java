package dev.windlass.workflows.approvals;

import dev.windlass.workflows.kernel.PlanDigest;
import java.util.Optional;

/**
 * One person's answer, as it arrives at the Update.
 *
 * @param digest the plan the person saw
 * @param reason required for {@link Verdict#REJECT} and {@link Verdict#BREAK_GLASS}; at most 1000 characters
 */
public record Decision(
        ApprovalId approval, PlanDigest digest, Verdict verdict, Optional<String> reason, Evidence evidence) {
    public static final int LONGEST_REASON = 1_000;

    public Decision {
        if (reason.filter(words -> words.length() > LONGEST_REASON).isPresent()) {
            throw new IllegalArgumentException("a reason has at most " + LONGEST_REASON + " characters");
        }
    }
}
