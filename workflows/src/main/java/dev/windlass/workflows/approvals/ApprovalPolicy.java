package dev.windlass.workflows.approvals;

import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.Quantities;
import java.time.Duration;
import java.util.List;

/**
 * Who decides for an environment, as ops.yml said when the question was asked.
 *
 * @param approvers sorted; the requester never counts
 * @param quorum how many different people must approve; one rejection ends it
 * @param expiry after it nobody can approve any more, and the answer is no
 */
public record ApprovalPolicy(EnvironmentName environment, List<PersonName> approvers, int quorum, Duration expiry) {
    public ApprovalPolicy {
        approvers = approvers.stream().sorted().distinct().toList();
        if (quorum < 1 || quorum > approvers.size()) {
            throw new IllegalArgumentException("quorum " + quorum + " of " + environment
                    + " must be between 1 and its approvers, " + approvers.size());
        }
        if (expiry.isNegative() || expiry.isZero()) {
            throw new IllegalArgumentException("expiry of " + environment + " must be longer than nothing");
        }
    }

    /** Part of what is approved: {@code 1 of ana, ben within 24h}. */
    public String words() {
        return quorum + " of "
                + String.join(", ", approvers.stream().map(PersonName::value).toList()) + " within "
                + Quantities.time(expiry);
    }
}
